@NullMarked
package updategateway.gateway.decisionlog;

import org.jspecify.annotations.NullMarked;
