/** Who an agent says that it is, and where its account belongs. */
@NullMarked
package updategateway.updategateway.agent;

import org.jspecify.annotations.NullMarked;
