@NullMarked
package updategateway.region.address;

import org.jspecify.annotations.NullMarked;
