@NullMarked
package updategateway.policystore;

import org.jspecify.annotations.NullMarked;
