@NullMarked
package updategateway.benchmarks.report;

import org.jspecify.annotations.NullMarked;
