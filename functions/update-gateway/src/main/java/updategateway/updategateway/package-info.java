/** The function that serves or refuses one request for an update. */
@NullMarked
package updategateway.updategateway;

import org.jspecify.annotations.NullMarked;
