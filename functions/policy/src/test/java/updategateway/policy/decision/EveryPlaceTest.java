package updategateway.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import updategateway.place.Place;
import updategateway.policy.model.Scope;
import updategateway.policy.model.ScopeBasis;
import updategateway.policy.testing.SlowPlaces;

/** Every code of ISO 3166-2, listed by a policy and reported of a client. */
final class EveryPlaceTest {
  private static final List<String> CODES = List.copyOf(SlowPlaces.codes());

  @Test
  void aPlaceReachesItselfAndItsPartsAndTheLargerPlaceDoesNotTell() {
    for (String code : CODES) {
      Scope scope = scope(code);
      List<String> upwards = SlowPlaces.upwards(code);
      assertThat(located(scope, code)).as(code).isEqualTo(Coverage.IN);
      assertThat(located(scope, upwards.getFirst())).as(code).isEqualTo(Coverage.IN);
      for (String larger : upwards.subList(1, upwards.size())) {
        boolean isOnlyPart =
            upwards.subList(1, upwards.indexOf(larger) + 1).stream()
                .allMatch(place -> SlowPlaces.partsOf(Place.parse(place)).size() == 1);
        assertThat(located(scope, larger))
            .as("[%s] %s", code, larger)
            .isEqualTo(isOnlyPart ? Coverage.IN : Coverage.UNKNOWN);
        assertThat(located(scope(larger), code)).as("[%s] %s", larger, code).isEqualTo(Coverage.IN);
        assertThat(registered(scope, larger))
            .as("[%s] %s", code, larger)
            .isEqualTo(isOnlyPart ? Coverage.IN : Coverage.OUT);
      }
      String country = code.substring(0, 2);
      assertThat(located(scope(country), code))
          .as("[%s] %s", country, code)
          .isEqualTo(
              upwards.contains(SlowPlaces.upwards(country).getFirst())
                  ? Coverage.IN
                  : Coverage.OUT);
    }
  }

  @Test
  void aPlaceWithTwoCodesIsOnePlaceBothWays() {
    Map<String, String> same = SlowPlaces.sameCodes();
    assertThat(same)
        .containsEntry("PR", "US-PR")
        .containsEntry("CN-HK", "HK")
        .containsEntry("CN-MO", "MO")
        .containsEntry("CN-TW", "TW")
        .containsEntry("FR-974", "RE")
        .containsEntry("FI-01", "AX")
        .containsEntry("NL-AW", "AW")
        .containsEntry("NL-BQ1", "BQ-BO")
        .hasSize(29);
    same.forEach((one, other) -> {
      assertThat(located(scope(one), other)).as("[%s] %s", one, other).isEqualTo(Coverage.IN);
      assertThat(located(scope(other), one)).as("[%s] %s", other, one).isEqualTo(Coverage.IN);
      assertThat(registered(scope(one), other)).as("[%s] %s", one, other).isEqualTo(Coverage.IN);
      assertThat(located(except(other, one), one)).as("but %s", one).isEqualTo(Coverage.OUT);
      assertThat(located(except(one, other), one)).as("but %s", other).isEqualTo(Coverage.OUT);
    });
  }

  private static Coverage located(Scope scope, String code) {
    return new ScopeCoverage(scope)
        .finding(new Evidence(ScopeBasis.LOCATED, Place.parse(code)))
        .coverage();
  }

  private static Coverage registered(Scope scope, String code) {
    return new ScopeCoverage(scope)
        .finding(new Evidence(ScopeBasis.REGISTERED, Place.parse(code)))
        .coverage();
  }

  private static Scope scope(String code) {
    return new Scope(List.of(Place.parse(code)), List.of(), Set.of(ScopeBasis.values()), null);
  }

  private static Scope except(String code, String except) {
    return new Scope(
        List.of(Place.parse(code)),
        List.of(Place.parse(except)),
        Set.of(ScopeBasis.values()),
        null);
  }
}
