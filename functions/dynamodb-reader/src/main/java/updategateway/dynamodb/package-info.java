/**
 * DynamoDB client with GetItem and Query only, for a fast first request. It knows no table. Only
 * the main class of the self-contained package uses it.
 */
@NullMarked
package updategateway.dynamodb;

import org.jspecify.annotations.NullMarked;
