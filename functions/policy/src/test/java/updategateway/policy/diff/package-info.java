@NullMarked
package updategateway.policy.diff;

import org.jspecify.annotations.NullMarked;
