@NullMarked
package updategateway.updategateway.testing;

import org.jspecify.annotations.NullMarked;
