/** What is measured, and how it is told. */
@NullMarked
package updategateway.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
