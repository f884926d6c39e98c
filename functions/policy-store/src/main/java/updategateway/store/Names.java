package updategateway.store;

/** The one home of keys and attribute names. */
final class Names {
  static final String PK = "pk";
  static final String SK = "sk";

  /** The version of the items' form; another one is never read. */
  static final String SCHEMA = "schema";

  static final String SCHEMA_NOW = "1";
  static final String SET = "set#";
  static final String CATALOG = "catalog";
  static final String POLICY = "policy#";
  static final String CORRECTIONS = "corrections";
  static final String IN_FORCE = "in-force";
  static final String ACTIVATION = "activation";
  static final String REQUEST = "request";
  static final String DIGEST = "digest";
  static final String SINCE = "since";
  static final String BY = "by";
  static final String SEQUENCE = "sequence";
  static final String PREVIOUS = "previous";
  static final String AT = "at";
  static final String STACK = "stack";
  static final String REQUEST_ID = "requestId";
  static final String REASON = "reason";

  /** The hash of an entry of the history, and that of the entry before it. */
  static final String ENTRY = "entry";

  static final String PREVIOUS_ENTRY = "previousEntry";

  /** When a request was first heard of. */
  static final String BEGUN = "begun";

  /** When a request was given up: it must not take effect any more. */
  static final String ABANDONED = "abandoned";

  static final String AGENT_ID = "agentId";
  static final String COUNTRIES = "countries";

  private Names() {}
}
