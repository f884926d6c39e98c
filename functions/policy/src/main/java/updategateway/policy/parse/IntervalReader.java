package updategateway.policy.parse;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.Interval;
import updategateway.policy.model.LegalInstant;
import updategateway.policy.source.Document;

/**
 * A reader of the time in which a phase or a permit applies: the keys {@code from}, {@code until}
 * and {@code through}. Each method returns null after a finding.
 */
final class IntervalReader {
  private static final String FROM = "2024-09-29 00:00 America/New_York";

  private final TimeFormat notation;
  private final Diagnostics findings;

  IntervalReader(TimeFormat notation, Diagnostics findings) {
    this.notation = notation;
    this.findings = findings;
  }

  /** Returns the interval of a phase, which needs no end. */
  @Nullable Interval openEnded(MappingReader fields) {
    return span(fields, time(fields.required("from", FROM)), end(fields));
  }

  /** Returns the interval of a permit, which needs one end: {@code through} or {@code until}. */
  @Nullable Interval ending(Document document, MappingReader fields) {
    TimeParser from = time(fields.required("from", FROM));
    Document through = fields.optional("through");
    if (through != null && fields.has("until")) {
      findings.add(through, "a permit ends once: it has through and until", "keep one of the two");
    } else if (through == null && !fields.has("until")) {
      findings.add(
          document,
          "a permit has no end",
          "add through: and its last day, or until: and the first instant behind it");
    }
    LegalInstant end =
        through == null
            ? end(fields)
            : lastDay(through, from == null ? ZoneOffset.UTC : from.zone());
    return span(fields, from, end);
  }

  private @Nullable TimeParser time(@Nullable Document document) {
    return document == null ? null : notation.read(document, findings);
  }

  private @Nullable LegalInstant end(MappingReader fields) {
    TimeParser until = time(fields.optional("until"));
    return until == null ? null : until.time();
  }

  private @Nullable LegalInstant lastDay(Document document, ZoneId zone) {
    String text = MappingReader.text(document, findings);
    if (text == null) {
      return null;
    }
    try {
      return TimeParser.endOfDay(text, zone);
    } catch (TimeParseException e) {
      findings.add(document, e.problem(), e.remedy());
      return null;
    }
  }

  private @Nullable Interval span(
      MappingReader fields, @Nullable TimeParser from, @Nullable LegalInstant until) {
    if (from == null) {
      return null;
    }
    Instant begin = from.time().instant();
    if (until != null && !begin.isBefore(until.instant())) {
      findings.add(
          fields.position(),
          "it ends at " + until.instant() + ", before or as it begins at " + begin,
          "write an end that is later than from");
      return null;
    }
    return new Interval(from.time(), until);
  }
}
