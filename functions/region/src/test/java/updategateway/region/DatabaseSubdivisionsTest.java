package updategateway.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.place.IpAddress;
import updategateway.region.testing.MmdbWriter;

/** All subdivisions that a database names, largest to smallest in most. */
final class DatabaseSubdivisionsTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "{0} with {1} is {2}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          GB | -        | GB
          GB | SCT      | GB-SCT
          GB | SCT,EDH  | GB-EDH
          GB | EDH,SCT  | GB-EDH
          GB | EDH      | GB-EDH
          FR | IDF,75C  | FR-75C
          FR | IDF,75   | FR-75C
          FR | J        | FR-IDF
          FR | 974      | RE
          CN | HK       | HK
          NL | BQ1      | BQ-BO
          IN | TG       | IN-TS
          US | PR       | US-PR
          UA | 9        | UA not 9
          UA | KRM      | UA not KRM
          UA | 9,43     | UA-43 not 9
          GB | SCT,ZZZ  | GB-SCT not ZZZ
          GB | ZZZ,EDH  | GB-EDH not ZZZ
          NP | 1        | NP not 1
          PR | SJU      | PR not SJU
          DE | BY,BE    | DE & perhaps DE-BE & perhaps DE-BY
          GB | SCT,ENG,EDH | GB & perhaps GB-EDH & perhaps GB-ENG
          FR | IDF,974  | FR & perhaps FR-IDF & perhaps RE
          DE | BE,BE    | DE-BE
          """,
      delimiter = '|')
  void theSmallestCountsAndContradictionsAreDoubts(
      String country, @Nullable String subdivisions, String expected) throws Exception {
    List<Map<String, String>> parts =
        subdivisions == null
            ? List.of()
            : Stream.of(subdivisions.split(",", -1)).map(code -> Map.of("iso_code", code)).toList();
    Path file =
        new MmdbWriter("Test-City", 6)
            .builtAt(Instant.parse("2026-11-15T00:00:00Z"))
            .put(
                "1.0.0.0/24", Map.of("country", Map.of("iso_code", country), "subdivisions", parts))
            .write(Files.createTempFile(folder, "parts", ".mmdb"));
    List<LocationEvidence> found =
        GeoIpDatabase.open(file).lookup(IpAddress.parse("1.0.0.7").orElseThrow());
    assertThat(
            found.stream()
                .map(DatabaseSubdivisionsTest::word)
                .sorted()
                .reduce((one, other) -> one + " & " + other))
        .contains(expected);
    assertThat(found)
        .filteredOn(LocationEvidence.Untrusted.class::isInstance)
        .allMatch(doubtful ->
            doubtful.uncertainty().orElseThrow() == LocationEvidence.Reason.SEVERAL_SUBDIVISIONS);
  }

  private static String word(LocationEvidence whereabouts) {
    return switch (whereabouts) {
      case LocationEvidence.Trusted known ->
          known.code() + (known.unassigned() == null ? "" : " not " + known.unassigned());
      case LocationEvidence.Untrusted doubtful -> "perhaps " + doubtful.place().code();
      case LocationEvidence.Absent unknown -> unknown.reason().name();
    };
  }
}
