@NullMarked
package updategateway.benchmarks;

import org.jspecify.annotations.NullMarked;
