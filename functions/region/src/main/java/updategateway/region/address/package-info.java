/** Addresses of the Internet Protocol, read strictly, and those that are nowhere. */
@NullMarked
package updategateway.region.address;

import org.jspecify.annotations.NullMarked;
