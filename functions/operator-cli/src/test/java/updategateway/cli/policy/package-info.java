@NullMarked
package updategateway.cli.policy;

import org.jspecify.annotations.NullMarked;
