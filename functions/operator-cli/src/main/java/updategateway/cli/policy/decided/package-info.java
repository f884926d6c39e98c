/** Entries of the decision log, and the decisions made again from them. */
@NullMarked
package updategateway.cli.policy.decided;

import org.jspecify.annotations.NullMarked;
