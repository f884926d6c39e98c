@NullMarked
package updategateway.packaging;

import org.jspecify.annotations.NullMarked;
