/** An explanation in words and in JSON. */
@NullMarked
package updategateway.local.policy.explain;

import org.jspecify.annotations.NullMarked;
