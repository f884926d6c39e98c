@NullMarked
package updategateway.policy.plan;

import org.jspecify.annotations.NullMarked;
