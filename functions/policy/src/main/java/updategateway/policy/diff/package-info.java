/**
 * What would change if one policy set took the place of another, in words that a lawyer can sign.
 */
@NullMarked
package updategateway.policy.diff;

import org.jspecify.annotations.NullMarked;
