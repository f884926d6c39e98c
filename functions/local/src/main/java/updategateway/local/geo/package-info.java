/** scripts/geo: address databases, and what the gateway makes of them. */
@NullMarked
package updategateway.local.geo;

import org.jspecify.annotations.NullMarked;
