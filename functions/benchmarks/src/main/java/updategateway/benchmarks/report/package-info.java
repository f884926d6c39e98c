/** What is measured, and how it is told. */
@NullMarked
package updategateway.benchmarks.report;

import org.jspecify.annotations.NullMarked;
