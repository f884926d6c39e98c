@NullMarked
package updategateway.local.deploy;

import org.jspecify.annotations.NullMarked;
