/**
 * Text trees with positions, as an operator writes them (YAML) and as their digest is taken
 * (canonical JSON).
 */
@NullMarked
package updategateway.policy.source;

import org.jspecify.annotations.NullMarked;
