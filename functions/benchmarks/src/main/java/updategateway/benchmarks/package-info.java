/** How fast the gateway is, measured beside something else in the same run. */
@NullMarked
package updategateway.benchmarks;

import org.jspecify.annotations.NullMarked;
