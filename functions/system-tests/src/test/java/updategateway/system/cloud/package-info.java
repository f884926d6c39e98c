/** The whole system in a cloud on this machine: LocalStack, or moto. */
@NullMarked
package updategateway.system.cloud;

import org.jspecify.annotations.NullMarked;
