@NullMarked
package updategateway.policy;

import org.jspecify.annotations.NullMarked;
