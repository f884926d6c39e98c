@NullMarked
package updategateway.packaging.lambda;

import org.jspecify.annotations.NullMarked;
