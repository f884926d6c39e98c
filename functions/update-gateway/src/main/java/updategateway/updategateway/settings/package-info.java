/** What an operator sets, checked at start-up. */
@NullMarked
package updategateway.updategateway.settings;

import org.jspecify.annotations.NullMarked;
