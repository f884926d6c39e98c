package updategateway.store.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import updategateway.store.dynamodb.Attribute;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.Table;
import updategateway.store.dynamodb.TableSchema;

/**
 * The pointer and all items of some partitions, read while the pointer did not change.
 *
 * @param pointer the item that names the set in force; without attributes if there is none
 * @param all the items by partition
 */
record HistorySnapshot(
    Map<String, Attribute> pointer, Map<String, List<Map<String, Attribute>>> all) {
  private static final int ATTEMPTS = 20;

  /**
   * Reads the pointer and these partitions.
   *
   * @throws PolicyStoreException if the table cannot be read, or changes all the time
   */
  static HistorySnapshot read(Table table, String... partitions) throws PolicyStoreException {
    Map<String, Attribute> pointer = pointer(table);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Map<String, List<Map<String, Attribute>>> all = new HashMap<>();
      for (String partition : partitions) {
        all.put(partition, table.items(partition));
      }
      Map<String, Attribute> after = pointer(table);
      if (after.equals(pointer)) {
        return new HistorySnapshot(pointer, all);
      }
      pointer = after;
    }
    throw new PolicyStoreException.Unavailable(
        "others put sets in force all the time: the history is never the same twice; try again");
  }

  /** Reads the pointer; without attributes if there is none. */
  static Map<String, Attribute> pointer(Table table) throws PolicyStoreException {
    return table.get(
        "read which policy set is in force", TableSchema.IN_FORCE, TableSchema.IN_FORCE);
  }

  /** Returns the items of a partition by their sort key. */
  List<Map<String, Attribute>> items(String partition) {
    return all.getOrDefault(partition, List.of());
  }

  /** Returns the last item of a partition; without attributes if it is empty. */
  Map<String, Attribute> last(String partition) {
    List<Map<String, Attribute>> items = items(partition);
    return items.isEmpty() ? Map.of() : items.getLast();
  }
}
