/** Text as agents can print it. */
@NullMarked
package updategateway.updategateway.text;

import org.jspecify.annotations.NullMarked;
