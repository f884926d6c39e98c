@NullMarked
package updategateway.store.reading;

import org.jspecify.annotations.NullMarked;
