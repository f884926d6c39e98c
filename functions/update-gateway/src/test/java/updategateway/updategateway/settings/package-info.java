@NullMarked
package updategateway.updategateway.settings;

import org.jspecify.annotations.NullMarked;
