/** Who an agent says that it is, and where its account belongs. */
@NullMarked
package updategateway.gateway.registration;

import org.jspecify.annotations.NullMarked;
