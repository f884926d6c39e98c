/** The outcomes over time as one page for a browser. */
@NullMarked
package updategateway.cli.policy.timeline;

import org.jspecify.annotations.NullMarked;
