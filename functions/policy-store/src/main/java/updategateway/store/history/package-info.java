/** Activations: the pointer to the set in force and the chained, append-only history. */
@NullMarked
package updategateway.store.history;

import org.jspecify.annotations.NullMarked;
