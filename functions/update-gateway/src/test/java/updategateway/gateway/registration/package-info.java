@NullMarked
package updategateway.gateway.registration;

import org.jspecify.annotations.NullMarked;
