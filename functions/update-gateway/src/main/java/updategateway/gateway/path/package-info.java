/** The canonical form of a request's path and query, and the rules for what a path may name. */
@NullMarked
package updategateway.gateway.path;

import org.jspecify.annotations.NullMarked;
