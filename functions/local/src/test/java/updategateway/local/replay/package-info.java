@NullMarked
package updategateway.local.replay;

import org.jspecify.annotations.NullMarked;
