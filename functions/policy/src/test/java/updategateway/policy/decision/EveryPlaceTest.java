package updategateway.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
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
        assertThat(located(scope, larger)).as("[%s] %s", code, larger).isEqualTo(Coverage.UNKNOWN);
        assertThat(located(scope(larger), code)).as("[%s] %s", larger, code).isEqualTo(Coverage.IN);
        assertThat(registered(scope, larger)).as("[%s] %s", code, larger).isEqualTo(Coverage.OUT);
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

  /** A decision is kept by class of place, so that places of one class must not differ. */
  @Test
  void placesOfOneClassAreAlikeToEveryScope() {
    SplittableRandom random = new SplittableRandom(3_166);
    Set<Coverage> seen = new TreeSet<>();
    for (int i = 0; i < 2_000; i++) {
      int from = random.nextInt(CODES.size() - 60);
      List<String> near = CODES.subList(from, from + 60);
      List<Place> named =
          random.ints(5, 0, near.size()).mapToObj(near::get).map(Place::parse).toList();
      PlaceClasses classes = new PlaceClasses(named);
      Map<Integer, List<Coverage>> byClass = new HashMap<>();
      for (String code : near) {
        for (String place : SlowPlaces.upwards(code)) {
          List<Coverage> reached =
              named.stream().map(listed -> located(scope(listed.code()), place)).toList();
          seen.addAll(reached);
          assertThat(byClass.putIfAbsent(classes.of(Place.parse(place)), reached))
              .as("%s by %s", place, named)
              .isIn(null, reached);
        }
      }
    }
    assertThat(seen).hasSize(3);
  }

  private static Coverage located(Scope scope, String code) {
    return new Evidence(ScopeBasis.LOCATED, Place.parse(code)).reach(scope);
  }

  private static Coverage registered(Scope scope, String code) {
    return new Evidence(ScopeBasis.REGISTERED, Place.parse(code)).reach(scope);
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
