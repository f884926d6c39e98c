@NullMarked
package updategateway.cli.validation;

import org.jspecify.annotations.NullMarked;
