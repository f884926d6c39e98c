/** How times, places and lists are said to a person. */
@NullMarked
package updategateway.local.policy.words;

import org.jspecify.annotations.NullMarked;
