/**
 * Access to the tables: the port through which items are read, the SDK behind it, the names of keys
 * and attributes, and failures as exceptions.
 */
@NullMarked
package updategateway.store.dynamodb;

import org.jspecify.annotations.NullMarked;
