/** Policy sets and agents in DynamoDB: the only module that knows the tables. */
@NullMarked
package updategateway.store;

import org.jspecify.annotations.NullMarked;
