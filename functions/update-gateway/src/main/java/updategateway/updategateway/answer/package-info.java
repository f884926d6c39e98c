/** What goes back: served, refused, undetermined, and what went wrong. */
@NullMarked
package updategateway.updategateway.answer;

import org.jspecify.annotations.NullMarked;
