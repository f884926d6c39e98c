package updategateway.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import updategateway.policy.Place;

final class LocationTest {
  private static final Place DE = Place.parse("DE");
  private static final Place US = Place.parse("US");

  @Test
  void placesAreInOrderAndEachOnce() {
    assertThat(Location.in(List.of(US, DE, US))).isEqualTo(new Location.Known(List.of(DE, US)));
    assertThat(Location.in(Set.of(US))).isEqualTo(Location.in(US));
  }

  @Test
  void whereNoSourceNamesAPlaceTheLocationIsUnknown() {
    assertThat(Location.in(List.of())).isEqualTo(new Location.Unknown());
    assertThat(new Location.Unknown()).isEqualTo(new Location.Unknown(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Location.Known(List.of()));
  }
}
