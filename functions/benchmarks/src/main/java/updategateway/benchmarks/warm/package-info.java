/** Requests to a function that is running, through AWS's own client. */
@NullMarked
package updategateway.benchmarks.warm;

import org.jspecify.annotations.NullMarked;
