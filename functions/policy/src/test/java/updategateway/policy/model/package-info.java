@NullMarked
package updategateway.policy.model;

import org.jspecify.annotations.NullMarked;
