@NullMarked
package updategateway.policy.catalog;

import org.jspecify.annotations.NullMarked;
