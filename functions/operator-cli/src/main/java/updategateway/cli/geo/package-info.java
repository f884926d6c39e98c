/** scripts/geo: address databases, and what the gateway makes of them. */
@NullMarked
package updategateway.cli.geo;

import org.jspecify.annotations.NullMarked;
