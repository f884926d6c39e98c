@NullMarked
package updategateway.local;

import org.jspecify.annotations.NullMarked;
