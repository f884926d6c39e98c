package updategateway.store.dynamodb;

/**
 * The tables did not give what was asked for. The message is a sentence for the log or the
 * operator.
 */
public abstract sealed class PolicyStoreException extends Exception {
  private static final long serialVersionUID = 1;

  private PolicyStoreException(String message, Throwable cause) {
    super(message, cause);
  }

  private PolicyStoreException(String message) {
    super(message);
  }

  /** The tables could not be read or written, now or as they are. */
  public static final class Unavailable extends PolicyStoreException {
    private static final long serialVersionUID = 1;

    private final Trouble trouble;

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
      this.trouble = Trouble.of(cause);
    }

    public Unavailable(String message, Trouble trouble) {
      super(message);
      this.trouble = trouble;
    }

    public Unavailable(String message) {
      this(message, Trouble.OTHER);
    }

    /** Why, for a machine. */
    public Trouble trouble() {
      return trouble;
    }
  }

  /** What the table holds is not what was written there: an item is missing, changed or foreign. */
  public static final class Corrupt extends PolicyStoreException {
    private static final long serialVersionUID = 1;

    private final Defect defect;

    public Corrupt(Defect defect, String message) {
      super(message);
      this.defect = defect;
    }

    /** What is wrong, for a machine. */
    public Defect defect() {
      return defect;
    }
  }

  /** The set cannot be kept in the table as it is. */
  public static final class Unstorable extends PolicyStoreException {
    private static final long serialVersionUID = 1;

    public Unstorable(String message) {
      super(message);
    }
  }

  /** The request was given up before it took effect, and never will. */
  public static final class Abandoned extends PolicyStoreException {
    private static final long serialVersionUID = 1;

    public Abandoned(String message) {
      super(message);
    }
  }
}
