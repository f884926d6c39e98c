/** Requests, refreshes and deployments at once. */
@NullMarked
package updategateway.system.race;

import org.jspecify.annotations.NullMarked;
