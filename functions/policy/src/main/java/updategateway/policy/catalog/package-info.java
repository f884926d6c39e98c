/** From a path of the distribution to the product and the activity that a policy speaks of. */
@NullMarked
package updategateway.policy.catalog;

import org.jspecify.annotations.NullMarked;
