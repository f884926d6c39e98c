@NullMarked
package updategateway.local.policy.timeline;

import org.jspecify.annotations.NullMarked;
