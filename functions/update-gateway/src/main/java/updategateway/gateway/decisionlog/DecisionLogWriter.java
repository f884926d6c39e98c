package updategateway.gateway.decisionlog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.decision.DecisionContext;
import updategateway.gateway.decision.RequestDecision.Decided;
import updategateway.gateway.decisionlog.DecisionLogEntry.GeoDatabaseAge;
import updategateway.gateway.decisionlog.DecisionLogEntry.ProcessInfo;
import updategateway.policy.catalog.Classification;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.OutcomeChange;
import updategateway.policy.decision.RefusalReason;
import updategateway.policy.decision.Registrations;
import updategateway.policy.model.Correction;
import updategateway.policy.set.Digest;
import updategateway.region.LocationEvidence;
import updategateway.region.LocationReport;

/** Writer of the decision log: an entry as one line of JSON, with its metrics. */
public final class DecisionLogWriter {
  /** Bytes of a path; a longer one has its length and hash beside it. */
  private static final int MAX_PATH_BYTES = 512;

  private static final int MAX_METHOD_BYTES = 32;
  private static final int MAX_NAME_BYTES = 64;
  private static final int MAX_FAULT_BYTES = 3_072;
  private static final int MAX_EVIDENCE = 8;

  private final DecisionLogEntry entry;
  private final @Nullable EvidenceFindings findings;

  private DecisionLogWriter(DecisionLogEntry entry) {
    this.entry = entry;
    this.findings =
        entry.location() == null
            ? null
            : EvidenceFindings.of(entry.location(), entry.corrections());
  }

  /**
   * Returns the line in UTF-8, with its end.
   *
   * @param duration how long the response took
   * @param at when the line is written
   */
  public static byte[] json(
      DecisionLogEntry entry, ProcessInfo process, Duration duration, Instant at) {
    DecisionLogWriter writer = new DecisionLogWriter(entry);
    return JsonLine.of(line -> writer.write(line, process, duration, at));
  }

  private void write(JsonLine line, ProcessInfo process, Duration duration, Instant at)
      throws IOException {
    Classification classification =
        entry.decided().map(decided -> decided.context().classification()).orElse(null);
    Decision decision = entry.decided().map(Decided::decision).orElse(null);
    line.text("outcome", entry.outcome());
    line.number("status", entry.status());
    line.text("requestId", entry.requestId());
    line.time("time", entry.time());
    line.text("method", entry.http() == null ? null : entry.http().method(), MAX_METHOD_BYTES);
    path(line);
    if (classification != null) {
      line.text("product", classification.product(), MAX_NAME_BYTES);
      line.text("activity", classification.activity(), MAX_NAME_BYTES);
    }
    if (decision != null) {
      reasons(line, decision.reasonsLawFirst());
      permits(line, decision);
    }
    location(line, decision);
    line.text("unsetMapping", unsetMapping());
    geoDatabase(line, process.geoDatabase());
    registered(line);
    OutcomeChange change = decision == null ? null : decision.change();
    line.time("nextChange", change == null ? null : change.at());
    line.text("policySet", entry.policySet());
    line.text("network", AddressAnonymizer.anonymize(entry.clientAddress()));
    line.text("remark", entry.note());
    line.text("fault", entry.fault(), MAX_FAULT_BYTES);
    if (process.isColdStart()) {
      line.generator().writeBooleanField("coldStart", true);
    }
    line.number("durationMicros", duration.toNanos() / 1_000);
    DecisionMetrics.of(entry, findings, process).writeTo(line.generator(), at, process.function());
  }

  /** The path as matched and sent on, never the query. It is ASCII. */
  private void path(JsonLine line) throws IOException {
    if (entry.request() == null || entry.request().target() == null) {
      return;
    }
    String path = entry.request().target().path().encoded();
    if (path.length() <= MAX_PATH_BYTES) {
      line.text("path", path, MAX_PATH_BYTES);
      return;
    }
    line.text("path", path.substring(0, MAX_PATH_BYTES), MAX_PATH_BYTES);
    line.number("pathLength", path.length());
    line.text("pathSha256", Digest.ofBytes(path.getBytes(StandardCharsets.US_ASCII)).hex());
  }

  private static void reasons(JsonLine line, List<RefusalReason> reasons) throws IOException {
    if (reasons.isEmpty()) {
      return;
    }
    RefusalReason first = reasons.getFirst();
    line.text("policy", first.policy().id(), MAX_NAME_BYTES);
    line.text("phase", first.phase().id(), MAX_NAME_BYTES);
    line.text("basis", first.policy().basis().name().toLowerCase(Locale.ROOT));
    if (reasons.size() > 1) {
      line.texts(
          "policies",
          reasons.stream().map(each -> each.policy().id() + "/" + each.phase().id()).toList());
    }
  }

  /** The permits by which it was served. */
  private static void permits(JsonLine line, Decision decision) throws IOException {
    if (!decision.permits().isEmpty()) {
      line.objects(
          "permits",
          decision.permits(),
          use -> {
            line.text("policy", use.policy().id(), MAX_NAME_BYTES);
            line.text("permit", use.permit().id(), MAX_NAME_BYTES);
            line.text("citation", use.permit().citation(), MAX_NAME_BYTES);
            line.text("otherwise", use.withoutPermits().label());
          });
    }
  }

  private void location(JsonLine line, @Nullable Decision decision) throws IOException {
    DecisionContext context = entry.context().orElse(null);
    if (context != null) {
      line.text("region", context.region().places());
      line.text("regionSource", context.region().source());
      line.text("regionReason", context.region().reason());
    }
    if (decision != null && !entry.corrections().isEmpty()) {
      line.texts("corrections", entry.corrections().stream().map(Correction::id).toList());
    }
    LocationReport report = entry.location();
    if (report == null || findings == null) {
      return;
    }
    evidence(line, report);
    line.text("conflict", findings.conflict());
    if (!findings.unknownSubdivisions().isEmpty()) {
      line.text("unknownSubdivisions", String.join(", ", findings.unknownSubdivisions()));
    }
    if (report.ignoredHeaders() > 0) {
      line.number("ignoredHeaders", report.ignoredHeaders());
    }
  }

  /**
   * Each source and what it says, if there is more to tell than the region; of a corrected client
   * what was said without the correction.
   */
  private void evidence(JsonLine line, LocationReport report) throws IOException {
    if (report.evidence().size() < 2
        && entry.corrections().isEmpty()
        && report.untrusted().isEmpty()) {
      return;
    }
    List<LocationEvidence> all = report.evidence();
    line.objects(
        "evidence",
        all.subList(0, Math.min(all.size(), MAX_EVIDENCE)),
        piece -> {
          line.text("source", piece.source(), MAX_NAME_BYTES);
          if (piece instanceof LocationEvidence.Trusted trusted) {
            line.text("place", trusted.code());
          } else if (piece instanceof LocationEvidence.Untrusted untrusted) {
            line.text("perhaps", untrusted.place().code());
          }
          line.text(
              "reason", piece.uncertainty().map(LocationEvidence.Reason::description).orElse(null));
        });
  }

  private @Nullable String unsetMapping() {
    return entry.request() == null || entry.request().unsetMapping() == null
        ? null
        : entry.request().unsetMapping() + ": see API_MAPPING";
  }

  private static void geoDatabase(JsonLine line, @Nullable GeoDatabaseAge database)
      throws IOException {
    if (database != null) {
      line.time("geoDatabaseBuiltAt", database.builtAt());
      line.number("geoDatabaseAgeDays", database.age().toDays());
    }
  }

  private void registered(JsonLine line) throws IOException {
    Registrations registrations = entry.registrations().orElse(Registrations.NONE);
    List<String> places = entry.registeredPlaces();
    if (registrations instanceof Registrations.Unknown) {
      line.text("registered", "unknown");
    } else if (!places.isEmpty()) {
      line.text("registered", String.join(",", places));
    } else if (entry.decision() != null
        && entry.decision().registrations() != null
        && entry.decision().registrations().isAbsent()) {
      line.text("registered", "nowhere known");
    }
  }
}
