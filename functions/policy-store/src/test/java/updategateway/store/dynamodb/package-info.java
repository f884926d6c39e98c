@NullMarked
package updategateway.store.dynamodb;

import org.jspecify.annotations.NullMarked;
