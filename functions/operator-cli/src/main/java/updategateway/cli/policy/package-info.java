/** scripts/policy: what operators do with policies. */
@NullMarked
package updategateway.cli.policy;

import org.jspecify.annotations.NullMarked;
