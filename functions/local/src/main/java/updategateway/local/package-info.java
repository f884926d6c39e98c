/** The settings of the gateway on a developer's machine. */
@NullMarked
package updategateway.local;

import org.jspecify.annotations.NullMarked;
