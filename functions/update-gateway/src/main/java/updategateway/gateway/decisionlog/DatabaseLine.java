package updategateway.gateway.decisionlog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import updategateway.region.GeoIpDatabase;

/** The address database that a process starts with in the log, as one line of JSON. */
public final class DatabaseLine {
  private static final JsonFactory JSON = new JsonFactory();

  private DatabaseLine() {}

  /**
   * The line, without its end.
   *
   * @param maxAge how old it may be
   * @param at when it is written
   * @param function which function started
   */
  public static String json(GeoIpDatabase database, Duration maxAge, Instant at, String function) {
    Duration age = Duration.between(database.builtAt(), at);
    boolean stale = database.isStale(maxAge, at);
    Measurements measurements = new Measurements();
    measurements.gauge(Metric.GEO_DATABASE_AGE_DAYS, age.toDays());
    StringWriter text = new StringWriter(256);
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("event", stale ? "address-database-stale" : "address-database");
      out.writeStringField(
          "detail", database.type() + " of " + database.builtAt() + trouble(database, maxAge, at));
      measurements.writeTo(out, at, function);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return text.toString();
  }

  private static String trouble(GeoIpDatabase database, Duration maxAge, Instant at) {
    if (database.isFromFuture(at)) {
      return " is of a time that has not come: nobody can tell how old it is, put one with a date"
          + " in its place";
    }
    return database.isStale(maxAge, at)
        ? " is older than " + maxAge.toDays() + " days: put a newer one in its place"
        : "";
  }
}
