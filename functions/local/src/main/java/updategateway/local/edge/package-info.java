/** An HTTP front that plays the edge: says where a viewer is, and calls the function. */
@NullMarked
package updategateway.local.edge;

import org.jspecify.annotations.NullMarked;
