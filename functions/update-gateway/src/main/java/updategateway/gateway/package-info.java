/** The function that serves or refuses one request for an update. */
@NullMarked
package updategateway.gateway;

import org.jspecify.annotations.NullMarked;
