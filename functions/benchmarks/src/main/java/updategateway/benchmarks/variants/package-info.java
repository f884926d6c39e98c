/** The functions that are measured beside each other, and the ways to start them. */
@NullMarked
package updategateway.benchmarks.variants;

import org.jspecify.annotations.NullMarked;
