/** Text as agents can print it. */
@NullMarked
package updategateway.gateway.text;

import org.jspecify.annotations.NullMarked;
