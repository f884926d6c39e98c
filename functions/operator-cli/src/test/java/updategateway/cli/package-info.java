@NullMarked
package updategateway.cli;

import org.jspecify.annotations.NullMarked;
