/** Policy sets as items of their table, verified against their digest when they are read. */
@NullMarked
package updategateway.store.sets;

import org.jspecify.annotations.NullMarked;
