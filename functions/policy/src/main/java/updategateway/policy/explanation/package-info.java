/**
 * Why a request gets the decision that it gets: the rules of a decision read one by one, each with
 * what it says of this request.
 */
@NullMarked
package updategateway.policy.explanation;

import org.jspecify.annotations.NullMarked;
