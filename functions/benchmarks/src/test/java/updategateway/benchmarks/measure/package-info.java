@NullMarked
package updategateway.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
