@NullMarked
package updategateway.cli.deploy;

import org.jspecify.annotations.NullMarked;
