/**
 * Where the client is: evidence from the edge and from the agent's account, each with its source.
 */
@NullMarked
package updategateway.region;

import org.jspecify.annotations.NullMarked;
