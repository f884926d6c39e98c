/** How times, places and lists are said to a person. */
@NullMarked
package updategateway.cli.text;

import org.jspecify.annotations.NullMarked;
