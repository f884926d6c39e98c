@NullMarked
package updategateway.local.lambda;

import org.jspecify.annotations.NullMarked;
