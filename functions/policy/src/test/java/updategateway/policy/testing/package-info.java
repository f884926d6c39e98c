/** Random policy sets and the slow, obviously right reading of the rules. */
@NullMarked
package updategateway.policy.testing;

import org.jspecify.annotations.NullMarked;
