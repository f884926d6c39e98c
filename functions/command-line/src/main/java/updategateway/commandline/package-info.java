/** What the command-line tools share. */
@NullMarked
package updategateway.commandline;

import org.jspecify.annotations.NullMarked;
