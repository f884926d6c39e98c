/** What goes back: served, refused, undetermined, and what went wrong. */
@NullMarked
package updategateway.gateway.response;

import org.jspecify.annotations.NullMarked;
