@NullMarked
package updategateway.local.packaging;

import org.jspecify.annotations.NullMarked;
