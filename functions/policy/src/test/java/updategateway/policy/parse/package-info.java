@NullMarked
package updategateway.policy.parse;

import org.jspecify.annotations.NullMarked;
