package updategateway.policy.parse;

import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.InstantFormat;
import updategateway.policy.model.LegalInstant;
import updategateway.policy.source.Document;

/** How a document writes times: the one thing in which files and the canonical form differ. */
enum TimeFormat {
  /** A text as an operator writes it; the instant follows from the zone's rules. */
  WRITTEN {
    @Override
    @Nullable TimeParser read(Document document, Diagnostics findings) {
      String text = MappingReader.text(document, findings);
      if (text == null) {
        return null;
      }
      try {
        return TimeParser.parse(text);
      } catch (TimeParseException e) {
        findings.add(document, e.problem(), e.remedy());
        return null;
      }
    }
  },

  /**
   * The instant beside what was written; the instant counts, whatever a zone's rules have become
   * since.
   */
  CANONICAL {
    @Override
    @Nullable TimeParser read(Document document, Diagnostics findings) {
      MappingReader fields =
          MappingReader.of(document, "a time", List.of("instant", "written"), findings)
              .orElse(null);
      if (fields == null) {
        return null;
      }
      String instant = fields.requiredText("instant", "2024-09-29T04:00:00Z");
      String written = fields.requiredText("written", "2024-09-29 00:00 America/New_York");
      if (instant == null || written == null) {
        return null;
      }
      try {
        return new TimeParser(
            new LegalInstant(InstantFormat.parse(instant), written), ZoneOffset.UTC);
      } catch (DateTimeException | IllegalArgumentException e) {
        findings.add(document, "not an instant: " + instant, "write it like 2024-09-29T04:00:00Z");
        return null;
      }
    }
  };

  /** The time, or null and a finding. */
  abstract @Nullable TimeParser read(Document document, Diagnostics findings);
}
