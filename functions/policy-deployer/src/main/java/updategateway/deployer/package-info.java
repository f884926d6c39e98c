/** Lambda function that activates a policy set, as a CloudFormation custom resource. */
@NullMarked
package updategateway.deployer;

import org.jspecify.annotations.NullMarked;
