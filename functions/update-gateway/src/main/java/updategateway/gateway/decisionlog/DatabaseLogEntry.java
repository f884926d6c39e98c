package updategateway.gateway.decisionlog;

import java.time.Duration;
import java.time.Instant;
import updategateway.region.GeoIpDatabase;

/** The address database that a process starts with in the log, as one line of JSON. */
public final class DatabaseLogEntry {
  private static final int MAX_DETAIL_BYTES = 1_024;

  private DatabaseLogEntry() {}

  /**
   * Returns the line in UTF-8, with its end.
   *
   * @param maxAge how old it may be
   * @param at when the line is written
   * @param function the function's name, used as the metrics' dimension
   */
  public static byte[] json(GeoIpDatabase database, Duration maxAge, Instant at, String function) {
    Duration age = Duration.between(database.builtAt(), at);
    boolean stale = database.isStale(maxAge, at);
    EmbeddedMetrics metrics = new EmbeddedMetrics();
    metrics.gauge(Metric.GEO_DATABASE_AGE_DAYS, age.toDays());
    return JsonLine.of(line -> {
      line.text("event", stale ? "address-database-stale" : "address-database");
      line.text(
          "detail",
          database.type() + " of " + database.builtAt() + problem(database, maxAge, at),
          MAX_DETAIL_BYTES);
      metrics.writeTo(line.generator(), at, function);
    });
  }

  private static String problem(GeoIpDatabase database, Duration maxAge, Instant at) {
    if (database.isFromFuture(at)) {
      return " is of a time that has not come, so that its age is unknown: put one with a date"
          + " in its place";
    }
    return database.isStale(maxAge, at)
        ? " is older than " + maxAge.toDays() + " days: put a newer one in its place"
        : "";
  }
}
