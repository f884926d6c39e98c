/** Lambda's side of a function on this machine: the Runtime API, and the process that asks it. */
@NullMarked
package updategateway.packaging.lambda;

import org.jspecify.annotations.NullMarked;
