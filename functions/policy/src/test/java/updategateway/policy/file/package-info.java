@NullMarked
package updategateway.policy.file;

import org.jspecify.annotations.NullMarked;
