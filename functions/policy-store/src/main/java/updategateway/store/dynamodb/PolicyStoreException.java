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

    private final FailureCause failureCause;

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
      this.failureCause = FailureCause.of(cause);
    }

    public Unavailable(String message, FailureCause failureCause) {
      super(message);
      this.failureCause = failureCause;
    }

    public Unavailable(String message) {
      this(message, FailureCause.OTHER);
    }

    /** Why, for a machine. */
    public FailureCause failureCause() {
      return failureCause;
    }
  }

  /** What the table holds is not what was written there: an item is missing, changed or foreign. */
  public static final class Corrupt extends PolicyStoreException {
    private static final long serialVersionUID = 1;

    private final CorruptionKind corruptionKind;

    public Corrupt(CorruptionKind corruptionKind, String message) {
      super(message);
      this.corruptionKind = corruptionKind;
    }

    /** What is wrong, for a machine. */
    public CorruptionKind corruptionKind() {
      return corruptionKind;
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
