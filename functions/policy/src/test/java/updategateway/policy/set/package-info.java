@NullMarked
package updategateway.policy.set;

import org.jspecify.annotations.NullMarked;
