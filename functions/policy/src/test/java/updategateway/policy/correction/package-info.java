@NullMarked
package updategateway.policy.correction;

import org.jspecify.annotations.NullMarked;
