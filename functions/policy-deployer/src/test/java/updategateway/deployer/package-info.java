@NullMarked
package updategateway.deployer;

import org.jspecify.annotations.NullMarked;
