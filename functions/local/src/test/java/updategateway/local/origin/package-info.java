@NullMarked
package updategateway.local.origin;

import org.jspecify.annotations.NullMarked;
