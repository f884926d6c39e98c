/** The function that puts a policy set in force, as a CloudFormation custom resource. */
@NullMarked
package updategateway.deployer;

import org.jspecify.annotations.NullMarked;
