@NullMarked
package updategateway.place;

import org.jspecify.annotations.NullMarked;
