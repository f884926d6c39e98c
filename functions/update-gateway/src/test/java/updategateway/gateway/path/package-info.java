@NullMarked
package updategateway.gateway.path;

import org.jspecify.annotations.NullMarked;
