/** The functions that are measured beside each other, and the ways to start them. */
@NullMarked
package updategateway.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
