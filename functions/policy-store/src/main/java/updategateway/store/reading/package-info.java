/**
 * What DynamoDB is asked where nothing is changed, and how it is asked without the SDK's client,
 * where the first answer must come soon. It knows no table of ours.
 */
@NullMarked
package updategateway.store.reading;

import org.jspecify.annotations.NullMarked;
