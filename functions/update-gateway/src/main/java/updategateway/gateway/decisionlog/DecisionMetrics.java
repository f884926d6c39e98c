package updategateway.gateway.decisionlog;

import org.jspecify.annotations.Nullable;
import updategateway.gateway.decision.RequestDecision;
import updategateway.gateway.decisionlog.DecisionLogEntry.GeoDatabaseAge;
import updategateway.gateway.decisionlog.DecisionLogEntry.ProcessInfo;
import updategateway.gateway.event.ParsedRequest;
import updategateway.region.LocationReport;

/** The metrics of an entry of the decision log. */
final class DecisionMetrics {
  private DecisionMetrics() {}

  /** Returns the metrics; those that did not occur are left out. */
  static EmbeddedMetrics of(
      DecisionLogEntry entry, @Nullable EvidenceFindings findings, ProcessInfo process) {
    EmbeddedMetrics metrics = new EmbeddedMetrics();
    outcome(entry, metrics);
    request(entry.request(), metrics);
    location(entry.location(), findings, metrics);
    registrations(entry.decision(), metrics);
    if (process.isColdStart()) {
      metrics.count(Metric.COLD_STARTS);
    }
    geoDatabase(process, metrics);
    return metrics;
  }

  private static void outcome(DecisionLogEntry entry, EmbeddedMetrics metrics) {
    if (entry.fault() != null) {
      metrics.count(Metric.FAULTS);
    }
    switch (entry.outcome()) {
      case DecisionLogEntry.MALFORMED -> metrics.count(Metric.MALFORMED);
      case DecisionLogEntry.NO_POLICY -> metrics.count(Metric.NO_POLICY);
      default -> {}
    }
    entry
        .decided()
        .ifPresent(decided ->
            metrics.count(
                switch (decided.decision().outcome()) {
                  case SERVE -> Metric.SERVED;
                  case UNDETERMINED -> Metric.UNDETERMINED;
                  case REFUSE -> Metric.REFUSED;
                }));
  }

  private static void request(@Nullable ParsedRequest request, EmbeddedMetrics metrics) {
    if (request != null && request.unsetMapping() != null) {
      metrics.count(Metric.API_MAPPING_UNSET);
    }
    if (request != null && request.target() != null && request.skewedTime() != null) {
      metrics.count(Metric.CLOCK_SKEWED);
    }
  }

  private static void location(
      @Nullable LocationReport report,
      @Nullable EvidenceFindings findings,
      EmbeddedMetrics metrics) {
    if (report == null || findings == null) {
      return;
    }
    metrics.count(Metric.IGNORED_HEADERS, report.ignoredHeaders());
    if (!report.isProven()) {
      metrics.count(Metric.EDGE_UNPROVEN);
    }
    if (report.hasUnreadableRecord()) {
      metrics.count(Metric.GEO_RECORD_UNREADABLE);
    }
    metrics.count(Metric.UNKNOWN_SUBDIVISIONS, findings.unknownSubdivisions().size());
    if (findings.conflict() != null) {
      metrics.count(Metric.EVIDENCE_CONFLICTS);
    }
  }

  private static void registrations(@Nullable RequestDecision decision, EmbeddedMetrics metrics) {
    if (decision == null || decision.registrations() == null) {
      return;
    }
    if (decision.registrations().isUnavailable()) {
      metrics.count(Metric.AGENTS_UNAVAILABLE);
    }
    if (decision.registrations().isAbsent()) {
      metrics.count(Metric.AGENTS_ABSENT);
    }
  }

  /** The age changes once a day: unless it is stale, the first line of a process reports it. */
  private static void geoDatabase(ProcessInfo process, EmbeddedMetrics metrics) {
    GeoDatabaseAge database = process.geoDatabase();
    if (database != null && database.isStale()) {
      metrics.count(Metric.GEO_DATABASE_STALE);
    }
    if (database != null && (database.isStale() || process.isColdStart())) {
      metrics.gauge(Metric.GEO_DATABASE_AGE_DAYS, database.age().toDays());
    }
  }
}
