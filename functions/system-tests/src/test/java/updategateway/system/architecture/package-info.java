/** The arrows between the rooms, held. It stands in the room that sees all others. */
@NullMarked
package updategateway.system.architecture;

import org.jspecify.annotations.NullMarked;
