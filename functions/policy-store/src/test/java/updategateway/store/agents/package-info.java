@NullMarked
package updategateway.store.agents;

import org.jspecify.annotations.NullMarked;
