/** The cached policy set in force and its refresh. */
@NullMarked
package updategateway.store.refresh;

import org.jspecify.annotations.NullMarked;
