/** DynamoDB on this machine, with the tables of the template in it. */
@NullMarked
package updategateway.commandline.tables;

import org.jspecify.annotations.NullMarked;
