@NullMarked
package updategateway.updategateway;

import org.jspecify.annotations.NullMarked;
