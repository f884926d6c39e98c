/** The decision on a request: from what is requested and where the client is to the outcome. */
@NullMarked
package updategateway.gateway.decision;

import org.jspecify.annotations.NullMarked;
