/** What has to be right before the template is deployed. */
@NullMarked
package updategateway.cli.deploy;

import org.jspecify.annotations.NullMarked;
