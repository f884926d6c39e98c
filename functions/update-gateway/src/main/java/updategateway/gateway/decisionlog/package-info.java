/** One line a decision: what it was and all that it rested on. */
@NullMarked
package updategateway.gateway.decisionlog;

import org.jspecify.annotations.NullMarked;
