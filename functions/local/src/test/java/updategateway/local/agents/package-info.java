@NullMarked
package updategateway.local.agents;

import org.jspecify.annotations.NullMarked;
