@NullMarked
package updategateway.store.history;

import org.jspecify.annotations.NullMarked;
