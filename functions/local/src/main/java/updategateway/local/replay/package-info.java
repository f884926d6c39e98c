/** scripts/replay: recorded events through the real handler. */
@NullMarked
package updategateway.local.replay;

import org.jspecify.annotations.NullMarked;
