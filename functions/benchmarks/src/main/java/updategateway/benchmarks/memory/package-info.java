/** How much memory the function needs. */
@NullMarked
package updategateway.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
