@NullMarked
package updategateway.updategateway.answer;

import org.jspecify.annotations.NullMarked;
