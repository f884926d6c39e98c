package updategateway.policy.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.policy.source.Diagnostic;

final class PlaceNotesTest {
  private static final Instant NOW = Instant.parse("2026-11-15T00:00:00Z");

  @ParameterizedTest(name = "[{0}] but [{1}]: {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          FR-974     | -      | FR-974 is RE; FR alone does not cover it
          CN-HK      | -      | CN-HK is HK; CN alone does not cover it
          NL-AW      | -      | NL-AW is AW; NL alone does not cover it
          NL-BQ1     | -      | NL-BQ1 is BQ-BO; NL alone does not cover it
          FI-01      | -      | FI-01 is AX; FI alone does not cover it
          NO-21      | -      | NO-21 is a part of SJ; NO alone does not cover it
          HK         | CN-HK  | CN-HK is HK; CN alone does not cover it
          CN         | -      | CN does not cover HK, MO, TW; list those that are meant: each has a country code of its own
          CN, HK     | TW     | CN does not cover MO; list those that are meant: each has a country code of its own
          CN, MO, TW | HK     | -
          FR         | -      | FR does not cover BL, GF, GP, MF, MQ, NC, PF, PM, RE, TF, WF, YT; list those that are meant: each has a country code of its own
          NL         | -      | NL does not cover AW, BQ, CW, SX; list those that are meant: each has a country code of its own
          NO         | -      | NO does not cover SJ; list those that are meant: each has a country code of its own
          US         | -      | US covers US-AS, US-GU, US-MP, US-PR, US-UM, US-VI; write those that are not meant into except: each has a country code too
          US, PR     | AS, GU, MP, UM, US-VI | -
          US, PR, GU, VI, AS, MP, UM | - | -
          PR         | -      | -
          DE         | -      | -
          GB-SCT     | -      | -
          GB-UKM     | -      | -
          UA-43      | -      | -
          """)
  void aNoteSaysWhatACodeReachesAndWhatNot(String locations, String except, String expected) {
    String policy =
        """
        id: a
        title: A
        authority: An authority
        citation: A citation
        scope:
          locations: [%s]
          except: [%s]
          subjects: [located]
        products: ["*"]
        phases:
          - id: b
            from: 2024-09-29 00:00 America/New_York
            refuses: [signature-update]
        undetermined: refuse
        """
            .formatted(locations, except == null ? "" : except);
    ParseResult review =
        PolicyFiles.reviewParts(List.of(new PolicyFile("a.yaml", policy)), List.of(), NOW);
    assertThat(review.mistakes()).isEmpty();
    assertThat(review.notes().stream().map(note -> note.problem() + "; " + note.remedy()).toList())
        .isEqualTo(expected == null ? List.of() : List.of(expected));
    assertThat(review.notes().stream().map(Diagnostic::note))
        .allMatch(line -> line.startsWith("a.yaml:") && line.contains(": note: scope."));
  }
}
