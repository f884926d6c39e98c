/** What the commands ask AWS for: whose account, which region, what a stack is now. */
@NullMarked
package updategateway.commandline.aws;

import org.jspecify.annotations.NullMarked;
