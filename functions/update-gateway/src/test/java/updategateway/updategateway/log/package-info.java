@NullMarked
package updategateway.updategateway.log;

import org.jspecify.annotations.NullMarked;
