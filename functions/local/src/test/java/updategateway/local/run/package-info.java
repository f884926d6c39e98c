@NullMarked
package updategateway.local.run;

import org.jspecify.annotations.NullMarked;
