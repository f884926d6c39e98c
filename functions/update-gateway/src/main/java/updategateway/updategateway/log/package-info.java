/** One line a decision: what it was and all that it rested on. */
@NullMarked
package updategateway.updategateway.log;

import org.jspecify.annotations.NullMarked;
