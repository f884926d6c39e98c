/** Serve, refuse or undetermined: the decision as a pure function of a request and a policy set. */
@NullMarked
package updategateway.policy.decision;

import org.jspecify.annotations.NullMarked;
