package updategateway.store.dynamodb;

import java.util.Locale;

/** What is wrong with what the table holds, for a machine; the words are for people. */
public enum CorruptionKind {
  /** An item of the set is not there, or none of them. */
  MISSING,
  /** The items do not make the set that its name says: one was changed, added or taken out. */
  ALTERED,
  /** An item under the set's key is no part of any set. */
  FOREIGN,
  /** An item is of a version of the form that is not known here, or of none. */
  SCHEMA,
  /** An item holds what no set can say: a wrong type, an unknown key, a place that is none. */
  ILL_FORMED,
  /** There is more under the set's key than any set has. */
  OVERSIZED,
  /** The item that says which set is in force says nothing that can be followed. */
  POINTER,
  /**
   * That item names an activation from before one that was known already, or the same one with
   * another set.
   */
  GONE_BACK,
  /** The history and what goes with it contradict each other. */
  HISTORY;

  /** As it is written in the log: lower case and hyphens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
