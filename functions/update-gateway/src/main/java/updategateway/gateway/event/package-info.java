/** API Gateway and function URL events of payload format 2.0, read. */
@NullMarked
package updategateway.gateway.event;

import org.jspecify.annotations.NullMarked;
