@NullMarked
package updategateway.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
