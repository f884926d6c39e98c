/** The arrows between the modules, held. It stands in the module that sees all others. */
@NullMarked
package updategateway.system.architecture;

import org.jspecify.annotations.NullMarked;
