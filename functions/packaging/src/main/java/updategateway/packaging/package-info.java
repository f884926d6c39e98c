/** From what was built to what is deployed: zips that are the same, byte for byte, each time. */
@NullMarked
package updategateway.packaging;

import org.jspecify.annotations.NullMarked;
