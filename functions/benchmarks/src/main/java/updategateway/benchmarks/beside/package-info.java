/** The gateway's decision beside those of general policy engines. */
@NullMarked
package updategateway.benchmarks.beside;

import org.jspecify.annotations.NullMarked;
