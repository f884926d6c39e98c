/** scripts/run: the whole system in one process. */
@NullMarked
package updategateway.local.run;

import org.jspecify.annotations.NullMarked;
