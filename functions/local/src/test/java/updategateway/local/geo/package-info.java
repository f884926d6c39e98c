@NullMarked
package updategateway.local.geo;

import org.jspecify.annotations.NullMarked;
