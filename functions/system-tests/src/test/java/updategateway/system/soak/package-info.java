/** The gateway as a process under load for a long time, while what it stands on fails. */
@NullMarked
package updategateway.system.soak;

import org.jspecify.annotations.NullMarked;
