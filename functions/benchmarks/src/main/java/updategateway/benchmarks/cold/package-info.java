/** From exec to the first answer, as Lambda starts a function. */
@NullMarked
package updategateway.benchmarks.cold;

import org.jspecify.annotations.NullMarked;
