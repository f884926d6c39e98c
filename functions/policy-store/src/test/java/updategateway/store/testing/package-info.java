/** A DynamoDB Local of the test's own, with our tables in it. */
@NullMarked
package updategateway.store.testing;

import org.jspecify.annotations.NullMarked;
