@NullMarked
package updategateway.cli.policy.timeline;

import org.jspecify.annotations.NullMarked;
