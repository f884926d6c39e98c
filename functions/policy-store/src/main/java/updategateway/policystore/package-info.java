/** Policy sets and agents in DynamoDB: the only room that knows the tables. */
@NullMarked
package updategateway.policystore;

import org.jspecify.annotations.NullMarked;
