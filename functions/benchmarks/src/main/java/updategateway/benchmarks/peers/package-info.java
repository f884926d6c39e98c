/** The gateway beside the same core in other languages. */
@NullMarked
package updategateway.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
