package updategateway.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.place.Place;
import updategateway.policy.decision.EvidenceEvaluation.Finding;
import updategateway.policy.model.Scope;
import updategateway.policy.model.ScopeBasis;

/** Rule 1 for one scope and one piece of evidence. */
final class ScopeCoverageTest {
  @ParameterizedTest(name = "[{0}] except [{1}]: located in {2} {3}, registered in {2} {4}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # a place covers itself and its parts
          UA,          -,           UA,     COVERED,        COVERED
          UA,          -,           UA-43,  COVERED,        COVERED
          GB-SCT,      -,           GB-EDH, COVERED,        COVERED
          UA,          -,           DE,     NOT_LISTED,     NOT_LISTED
          # a location without its part may be in a listed part; a registration is complete
          UA-43,       -,           UA,     PART_NOT_KNOWN, NOT_LISTED
          UA-43,       -,           UA-30,  NOT_LISTED,     NOT_LISTED
          GB-EDH,      -,           GB-SCT, PART_NOT_KNOWN, NOT_LISTED
          GB-EDH,      -,           GB,     PART_NOT_KNOWN, NOT_LISTED
          # a subdivision that does not exist is unknown in both
          UA-43,       -,           UA-9,   PART_NOT_KNOWN, PART_NOT_KNOWN
          UA,          -,           UA-9,   COVERED,        COVERED
          UA,          UA-43,       UA-9,   COVERED,        COVERED
          DE,          -,           UA-9,   NOT_LISTED,     NOT_LISTED
          # a place in except is left out only if it is known to be there
          UA,          UA-43,       UA-43,  LEFT_OUT,       LEFT_OUT
          UA,          UA-43,       UA,     COVERED,        COVERED
          US,          PR,          US-PR,  LEFT_OUT,       LEFT_OUT
          # all parts of a place are the place
          NO-21 NO-22, -,           SJ,     COVERED,        COVERED
          NO-21,       -,           SJ,     PART_NOT_KNOWN, NOT_LISTED
          SJ,          NO-21 NO-22, SJ,     LEFT_OUT,       LEFT_OUT
          SJ,          NO-21,       SJ,     COVERED,        COVERED
          NO-21 NO-22, -,           NO,     NOT_LISTED,     NOT_LISTED
          BQ-BO BQ-SA BQ-SE, -,     BQ,     COVERED,        COVERED
          NL-BQ1 NL-BQ2 NL-BQ3, -,  BQ,     COVERED,        COVERED
          BQ-BO BQ-SA, -,           BQ,     PART_NOT_KNOWN, NOT_LISTED
          BE-BRU BE-VLG BE-WAL, -,  BE,     COVERED,        COVERED
          BE-BRU BE-WAL BE-VAN BE-VBR BE-VLI BE-VOV BE-VWV, -, BE, COVERED, COVERED
          BE-BRU BE-WAL BE-VAN BE-VBR BE-VLI BE-VOV, -, BE, PART_NOT_KNOWN, NOT_LISTED
          BE,          BE-VAN BE-VBR BE-VLI BE-VOV BE-VWV, BE-VLG, LEFT_OUT, LEFT_OUT
          # a place with a country code of its own is reported by it: FR alone is not RE
          FR-974,      -,           RE,     COVERED,        COVERED
          FR-974,      -,           FR,     NOT_LISTED,     NOT_LISTED
          FR-974,      -,           FR-J,   NOT_LISTED,     NOT_LISTED
          FR,          -,           RE,     NOT_LISTED,     NOT_LISTED
          # but for the six areas of the United States
          US,          -,           PR,     COVERED,        COVERED
          PR,          -,           US,     PART_NOT_KNOWN, NOT_LISTED
          """)
  void whatAScopeMakesOfAPlace(
      String locations,
      @Nullable String except,
      String place,
      Finding located,
      Finding registered) {
    ScopeCoverage scope = scope(locations, except, ScopeBasis.LOCATED, ScopeBasis.REGISTERED);
    assertThat(scope.finding(new Evidence(ScopeBasis.LOCATED, Place.parse(place))))
        .isEqualTo(located);
    assertThat(scope.finding(new Evidence(ScopeBasis.REGISTERED, Place.parse(place))))
        .isEqualTo(registered);
  }

  @ParameterizedTest(name = "{0} of a scope for {1}: {2}")
  @CsvSource({
    "LOCATED, LOCATED, PLACE_NOT_KNOWN",
    "LOCATED, REGISTERED, NOT_A_SUBJECT",
    "REGISTERED, REGISTERED, PLACE_NOT_KNOWN",
    "REGISTERED, LOCATED, NOT_A_SUBJECT"
  })
  void whatAScopeMakesOfAnUnknownPlace(ScopeBasis basis, ScopeBasis subject, Finding finding) {
    assertThat(scope("US", null, subject).finding(new Evidence(basis, null))).isEqualTo(finding);
  }

  @ParameterizedTest(name = "[{0}] except [{1}], {2}: rests on {3}, by parts: {4}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          US DE,       -,           US-CA, US,          false
          NO-21 NO-22, -,           SJ,    NO-21 NO-22, true
          SJ,          NO-21 NO-22, SJ,    NO-21 NO-22, true
          SJ,          NO-21,       NO-21, NO-21,       false
          UA-43 UA-14 DE-BY, -,     UA,    UA-43 UA-14, false
          UA-43,       -,           UA-9,  UA-43,       false
          UA-43,       -,           DE,    -,           false
          """)
  void theListedPlacesThatAFindingRestsOn(
      String locations,
      @Nullable String except,
      String place,
      @Nullable String listed,
      boolean byParts) {
    EvidenceEvaluation evaluation =
        scope(locations, except, ScopeBasis.LOCATED)
            .evaluate(new Evidence(ScopeBasis.LOCATED, Place.parse(place)));
    assertThat(evaluation.listed()).isEqualTo(places(listed));
    assertThat(evaluation.isByParts()).isEqualTo(byParts);
  }

  private static ScopeCoverage scope(
      String locations, @Nullable String except, ScopeBasis... subjects) {
    return new ScopeCoverage(new Scope(places(locations), places(except), Set.of(subjects), null));
  }

  private static List<Place> places(@Nullable String codes) {
    return codes == null ? List.of() : Stream.of(codes.split(" ")).map(Place::parse).toList();
  }
}
