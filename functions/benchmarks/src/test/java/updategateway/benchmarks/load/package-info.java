@NullMarked
package updategateway.benchmarks.load;

import org.jspecify.annotations.NullMarked;
