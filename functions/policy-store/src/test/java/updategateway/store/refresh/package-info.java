@NullMarked
package updategateway.store.refresh;

import org.jspecify.annotations.NullMarked;
