@NullMarked
package updategateway.policystore.reading;

import org.jspecify.annotations.NullMarked;
