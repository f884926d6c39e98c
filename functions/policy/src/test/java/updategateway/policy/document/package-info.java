@NullMarked
package updategateway.policy.document;

import org.jspecify.annotations.NullMarked;
