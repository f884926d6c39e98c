@NullMarked
package updategateway.template;

import org.jspecify.annotations.NullMarked;
