/** A plan in words and in JSON. */
@NullMarked
package updategateway.local.policy.plan;

import org.jspecify.annotations.NullMarked;
