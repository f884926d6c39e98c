/** scripts/policy: what operators do with policies. */
@NullMarked
package updategateway.local.policy;

import org.jspecify.annotations.NullMarked;
