@NullMarked
package updategateway.region;

import org.jspecify.annotations.NullMarked;
