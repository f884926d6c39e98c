/** Where clients are whom databases and the edge place wrongly, as the operator has found out. */
@NullMarked
package updategateway.policy.correction;

import org.jspecify.annotations.NullMarked;
