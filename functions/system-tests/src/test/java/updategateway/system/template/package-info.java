@NullMarked
package updategateway.system.template;

import org.jspecify.annotations.NullMarked;
