/** Policy files and the catalog, read into values with every error found at once. */
@NullMarked
package updategateway.policy.parse;

import org.jspecify.annotations.NullMarked;
