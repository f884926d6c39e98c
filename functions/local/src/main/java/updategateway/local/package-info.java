/** The whole system on one machine, replay, and the operator's commands. */
@NullMarked
package updategateway.local;

import org.jspecify.annotations.NullMarked;
