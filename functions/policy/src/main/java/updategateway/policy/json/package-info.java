/** JSON, read strictly. */
@NullMarked
package updategateway.policy.json;

import org.jspecify.annotations.NullMarked;
