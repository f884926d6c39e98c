/** Accounts of agents: their table, and the cached look-up that the gateway uses. */
@NullMarked
package updategateway.store.agents;

import org.jspecify.annotations.NullMarked;
