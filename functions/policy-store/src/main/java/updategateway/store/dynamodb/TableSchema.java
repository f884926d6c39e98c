package updategateway.store.dynamodb;

/** The one home of keys and attribute names. */
public final class TableSchema {
  public static final String PK = "pk";
  public static final String SK = "sk";

  /** The version of the items' form; another one is never read. */
  public static final String SCHEMA = "schema";

  public static final String SCHEMA_NOW = "1";
  public static final String SET = "set#";
  public static final String CATALOG = "catalog";
  public static final String POLICY = "policy#";
  public static final String CORRECTIONS = "corrections";
  public static final String IN_FORCE = "in-force";
  public static final String ACTIVATION = "activation";
  public static final String REQUEST = "request";
  public static final String DIGEST = "digest";
  public static final String SINCE = "since";
  public static final String BY = "by";
  public static final String SEQUENCE = "sequence";
  public static final String PREVIOUS = "previous";
  public static final String AT = "at";
  public static final String STACK = "stack";
  public static final String REQUEST_ID = "requestId";
  public static final String REASON = "reason";

  /** The hash of an entry of the history, and that of the entry before it. */
  public static final String ENTRY = "entry";

  public static final String PREVIOUS_ENTRY = "previousEntry";

  /** When a request was first heard of. */
  public static final String BEGUN = "begun";

  /** When a request was given up: it must not take effect any more. */
  public static final String ABANDONED = "abandoned";

  public static final String AGENT_ID = "agentId";
  public static final String COUNTRIES = "countries";

  private TableSchema() {}
}
