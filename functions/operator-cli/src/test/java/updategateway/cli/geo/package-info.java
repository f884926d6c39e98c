@NullMarked
package updategateway.cli.geo;

import org.jspecify.annotations.NullMarked;
