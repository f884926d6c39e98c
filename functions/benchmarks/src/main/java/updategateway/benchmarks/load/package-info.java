/** The whole local system under a steady load. */
@NullMarked
package updategateway.benchmarks.load;

import org.jspecify.annotations.NullMarked;
