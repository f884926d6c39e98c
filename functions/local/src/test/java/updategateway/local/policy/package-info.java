@NullMarked
package updategateway.local.policy;

import org.jspecify.annotations.NullMarked;
