/** What an operator sets, checked at start-up. */
@NullMarked
package updategateway.gateway.settings;

import org.jspecify.annotations.NullMarked;
