/** A DynamoDB Local of the test's own, with our tables in it. */
@NullMarked
package updategateway.policystore.testing;

import org.jspecify.annotations.NullMarked;
