@NullMarked
package updategateway.system.paths;

import org.jspecify.annotations.NullMarked;
