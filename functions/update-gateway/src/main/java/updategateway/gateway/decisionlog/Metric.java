package updategateway.gateway.decisionlog;

/**
 * Every metric of the gateway; the one home of their names, which the alarms and the dashboard of
 * the template use.
 */
public enum Metric {
  /** Requests that were served. */
  SERVED("Served", "Count"),
  /** Requests that a policy refused. */
  REFUSED("Refused", "Count"),
  /** Requests not served because nobody could tell whether a policy reaches the client. */
  UNDETERMINED("Undetermined", "Count"),
  /** Paths with two readings, and events that are none. */
  MALFORMED("Malformed", "Count"),
  /** Requests answered 503 because no policy set could be had. */
  NO_POLICY("NoPolicy", "Count"),
  /** Requests answered 503 because of a fault of our own. */
  FAULTS("Faults", "Count"),
  /** Requests that did not provably come through the edge. */
  EDGE_UNPROVEN("EdgeUnproven", "Count"),
  /** Requests of which two trusted sources, or one and a correction, said different things. */
  EVIDENCE_CONFLICTS("EvidenceConflicts", "Count"),
  /**
   * Subdivisions that ISO 3166-2 does not have, as the edge or the address database reported them.
   */
  UNKNOWN_SUBDIVISIONS("UnknownSubdivisions", "Count"),
  /** Headers that looked like evidence and were not believed. */
  IGNORED_HEADERS("IgnoredHeaders", "Count"),
  /** Requests whose event shows an API mapping before the path though none is set. */
  API_MAPPING_UNSET("ApiMappingUnset", "Count"),
  /** First requests of a process, restored ones included. */
  COLD_STARTS("ColdStarts", "Count"),
  /** Refreshes in which the table could not be read. */
  REFRESH_FAILURES("RefreshFailures", "Count"),
  /** Refreshes that found a set in force that cannot be used. */
  POLICY_REJECTED("PolicyRejected", "Count"),
  /**
   * How long ago the set that decides was last known to be in force: said at every refresh that
   * fails, and as 0 when another set is loaded. One that finds all as it was says nothing.
   */
  POLICY_AGE_SECONDS("PolicyAgeSeconds", "Seconds"),
  /** How old the address database is, in days; said at cold starts and while it is too old. */
  GEO_DATABASE_AGE_DAYS("GeoDatabaseAgeDays", "None"),
  /**
   * Requests that met an address database that is older than an operator allows, or of a time that
   * has not come.
   */
  GEO_DATABASE_STALE("GeoDatabaseStale", "Count"),
  /** Requests of whose address the database has a record that cannot be read in full. */
  GEO_RECORD_UNREADABLE("GeoRecordUnreadable", "Count"),
  /** Requests whose agent's account could not be looked up. */
  AGENTS_UNAVAILABLE("AgentsUnavailable", "Count"),
  /** Requests of agents that have no account. */
  AGENTS_ABSENT("AgentsAbsent", "Count"),
  /** Requests whose own time was too far from the clock. */
  CLOCK_SKEWED("ClockSkewed", "Count");

  /** Where CloudWatch keeps them. */
  public static final String NAMESPACE = "UpdateGateway";

  /** What tells the functions of two stacks in one account apart. */
  public static final String DIMENSION = "FunctionName";

  private final String title;
  private final String unit;
  private final String description;

  Metric(String title, String unit) {
    this.title = title;
    this.unit = unit;
    this.description = "{\"Name\":\"" + title + "\",\"Unit\":\"" + unit + "\"}";
  }

  /** What a line says of it beside its value: a JSON object. */
  String description() {
    return description;
  }

  /** Its name in CloudWatch. */
  public String metricName() {
    return title;
  }

  /** Its unit, as CloudWatch calls it. */
  public String unit() {
    return unit;
  }
}
