/** scripts/agents: the accounts of agents, one by one or by the million. */
@NullMarked
package updategateway.cli.agents;

import org.jspecify.annotations.NullMarked;
