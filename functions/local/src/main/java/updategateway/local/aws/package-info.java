/** What the commands ask AWS for: whose account, which region, what a stack is now. */
@NullMarked
package updategateway.local.aws;

import org.jspecify.annotations.NullMarked;
