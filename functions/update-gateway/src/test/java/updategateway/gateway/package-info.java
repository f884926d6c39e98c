@NullMarked
package updategateway.gateway;

import org.jspecify.annotations.NullMarked;
