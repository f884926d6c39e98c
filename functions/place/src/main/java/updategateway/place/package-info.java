/**
 * Countries and their subdivisions, the single definition of both: the codes of ISO 3166-1 and ISO
 * 3166-2, and which place is part of which.
 */
@NullMarked
package updategateway.place;

import org.jspecify.annotations.NullMarked;
