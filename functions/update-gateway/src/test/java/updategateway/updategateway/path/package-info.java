@NullMarked
package updategateway.updategateway.path;

import org.jspecify.annotations.NullMarked;
