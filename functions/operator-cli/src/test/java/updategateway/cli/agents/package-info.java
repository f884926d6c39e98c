@NullMarked
package updategateway.cli.agents;

import org.jspecify.annotations.NullMarked;
