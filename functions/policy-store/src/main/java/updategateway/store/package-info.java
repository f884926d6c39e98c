/** Policy sets and agents in DynamoDB: the only room that knows the tables. */
@NullMarked
package updategateway.store;

import org.jspecify.annotations.NullMarked;
