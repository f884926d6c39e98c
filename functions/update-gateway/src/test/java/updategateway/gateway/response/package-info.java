@NullMarked
package updategateway.gateway.response;

import org.jspecify.annotations.NullMarked;
