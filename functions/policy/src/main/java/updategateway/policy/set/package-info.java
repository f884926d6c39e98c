/**
 * Policy sets: what is deployed, put in force and replayed as one, and the digest that names it.
 */
@NullMarked
package updategateway.policy.set;

import org.jspecify.annotations.NullMarked;
