/** A small distribution to be redirected to. */
@NullMarked
package updategateway.local.origin;

import org.jspecify.annotations.NullMarked;
