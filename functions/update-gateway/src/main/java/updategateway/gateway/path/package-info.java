/** The one canonical reading of a request's path and query. */
@NullMarked
package updategateway.gateway.path;

import org.jspecify.annotations.NullMarked;
