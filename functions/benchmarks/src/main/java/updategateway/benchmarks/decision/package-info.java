/** The decision itself, without a byte read or written. */
@NullMarked
package updategateway.benchmarks.decision;

import org.jspecify.annotations.NullMarked;
