@NullMarked
package updategateway.gateway.settings;

import org.jspecify.annotations.NullMarked;
