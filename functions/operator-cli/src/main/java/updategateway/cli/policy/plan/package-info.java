/** A plan in words and in JSON. */
@NullMarked
package updategateway.cli.policy.plan;

import org.jspecify.annotations.NullMarked;
