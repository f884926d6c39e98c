@NullMarked
package updategateway.policy.explanation;

import org.jspecify.annotations.NullMarked;
