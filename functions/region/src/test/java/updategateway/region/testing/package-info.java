/** Small address databases, made in a test. */
@NullMarked
package updategateway.region.testing;

import org.jspecify.annotations.NullMarked;
