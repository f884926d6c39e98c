@NullMarked
package updategateway.policydeployer;

import org.jspecify.annotations.NullMarked;
