/** What the law says and when, as values: policies, their scope, phases, exemptions and permits. */
@NullMarked
package updategateway.policy.model;

import org.jspecify.annotations.NullMarked;
