package updategateway.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.place.Place;

final class LocationTest {
  private static final Place DE = Place.parse("DE");
  private static final Place US = Place.parse("US");

  @Test
  void placesAreInOrderAndEachOnce() {
    assertThat(Location.in(List.of(US, DE, US))).isEqualTo(new Location.Known(List.of(DE, US)));
    assertThat(Location.in(Set.of(US))).isEqualTo(Location.in(US));
  }

  @ParameterizedTest(name = "{0}, perhaps {1}: {2}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          UA-30 UA,    -,     UA-30
          UA UA-30,    -,     UA-30
          UA UA,       -,     UA
          PR US,       -,     US-PR
          UA UA-30 UA-43, -,  UA-30 UA-43
          UA UA-30 DE, -,     DE UA-30
          DE-BY UA,    -,     DE-BY UA
          UA,          UA-30, UA UA-30
          UA-30,       UA,    UA UA-30
          UA UA-30,    UA-43, UA-30 UA-43
          US,          PR,    US US-PR
          """)
  void ofACountryAndAPartOfItThePartCountsWhereBothAreReliedOn(
      String known, @Nullable String perhaps, String expected) {
    assertThat(Location.in(places(known), perhaps == null ? List.of() : places(perhaps)))
        .isInstanceOfSatisfying(
            Location.Known.class,
            location -> {
              assertThat(location.places()).isEqualTo(places(expected));
              assertThat(location.relied())
                  .isEqualTo(((Location.Known) Location.in(places(known))).places());
            });
    assertThat(Location.in(List.of(), places(known)))
        .isEqualTo(new Location.Unknown(places(known)));
  }

  @ParameterizedTest(name = "{0}, perhaps {1}, claimed {2}: {3}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          UA-30, -,     UA,    UA-30
          UA,    -,     UA-30, UA UA-30
          UA,    -,     UA,    UA
          DE,    -,     UA,    DE UA
          US,    -,     PR,    US US-PR
          PR,    -,     US,    US-PR
          DE,    UA-30, UA,    DE UA UA-30
          UA-43, UA-30, UA,    UA-30 UA-43
          """)
  void aClaimTakesThePlaceOfNothing(
      String known, @Nullable String perhaps, String claim, String expected) {
    assertThat(
            Location.in(places(known), perhaps == null ? List.of() : places(perhaps))
                .claimed(Place.parse(claim)))
        .isInstanceOfSatisfying(
            Location.Known.class,
            location -> assertThat(location.places()).isEqualTo(places(expected)));
    assertThat(new Location.Unknown(places(known)).claimed(Place.parse(claim)))
        .isEqualTo(new Location.Unknown(places(known + " " + claim)));
  }

  @Test
  void onlyAPartThatIsReliedOnMakesAClaimOfItsCountryNothingNew() {
    Location.Known twice =
        (Location.Known) Location.in(DE).claimed(Place.parse("UA-30")).claimed(Place.parse("UA"));
    assertThat(twice.places()).isEqualTo(places("DE UA UA-30"));
    assertThat(twice.relied()).containsExactly(DE);
  }

  private static List<Place> places(String codes) {
    return Stream.of(codes.split(" ")).map(Place::parse).toList();
  }

  @Test
  void whereNoSourceNamesAPlaceTheLocationIsUnknown() {
    assertThat(Location.in(List.of())).isEqualTo(new Location.Unknown());
    assertThat(new Location.Unknown()).isEqualTo(new Location.Unknown(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Location.Known(List.of()));
  }
}
