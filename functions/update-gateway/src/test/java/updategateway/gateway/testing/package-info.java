@NullMarked
package updategateway.gateway.testing;

import org.jspecify.annotations.NullMarked;
