/** Requests, refreshes and deployments at once. */
@NullMarked
package updategateway.local.race;

import org.jspecify.annotations.NullMarked;
