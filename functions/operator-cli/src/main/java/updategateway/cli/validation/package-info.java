/** Checks of policy files, before anything is compared or deployed. */
@NullMarked
package updategateway.cli.validation;

import org.jspecify.annotations.NullMarked;
