@NullMarked
package updategateway.policy.decision;

import org.jspecify.annotations.NullMarked;
