@NullMarked
package updategateway.local.tables;

import org.jspecify.annotations.NullMarked;
