@NullMarked
package updategateway.store;

import org.jspecify.annotations.NullMarked;
