@NullMarked
package updategateway.updategateway.agent;

import org.jspecify.annotations.NullMarked;
