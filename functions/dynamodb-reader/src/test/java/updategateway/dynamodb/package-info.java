@NullMarked
package updategateway.dynamodb;

import org.jspecify.annotations.NullMarked;
