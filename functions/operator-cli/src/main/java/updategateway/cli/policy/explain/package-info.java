/** An explanation in words and in JSON. */
@NullMarked
package updategateway.cli.policy.explain;

import org.jspecify.annotations.NullMarked;
