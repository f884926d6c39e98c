/** The operator's files, read from a folder. */
@NullMarked
package updategateway.commandline.files;

import org.jspecify.annotations.NullMarked;
