/** The operator's files, read from a folder. */
@NullMarked
package updategateway.local.files;

import org.jspecify.annotations.NullMarked;
