package updategateway.store.history;

/**
 * One thing that is wrong with the history, or with what goes with it.
 *
 * @param kind what sort of thing
 * @param sequence the entry that it is about; 0 when it is about none
 * @param sentence what is wrong, for a person
 * @param remedy what to write where, so that it is right again
 */
public record HistoryFinding(Kind kind, long sequence, String sentence, String remedy) {
  /** What sort of thing is wrong. */
  public enum Kind {
    /** An entry's facts and its hash do not belong together, or it cannot be read. */
    CHANGED,
    /** An entry that must be there is not, the last one included. */
    MISSING,
    /** An entry stands in another one's place. */
    OUT_OF_PLACE,
    /** An entry stands in a second place. */
    DUPLICATED,
    /** An item or an entry that no activation wrote. */
    FOREIGN,
    /** An entry does not follow from the one before it. */
    UNLINKED,
    /** The pointer to what is in force is not what the last entry says. */
    POINTER,
    /** The record of an entry's request is not there, or names another entry. */
    REQUEST,
    /** A set that an entry names is not there, or does not verify. */
    SET
  }

  @Override
  public String toString() {
    return sentence + " " + remedy;
  }
}
