@NullMarked
package updategateway.policy.source;

import org.jspecify.annotations.NullMarked;
