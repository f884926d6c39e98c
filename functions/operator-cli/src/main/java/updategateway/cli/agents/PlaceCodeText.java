package updategateway.cli.agents;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Codes of places as a person reads them. */
final class PlaceCodeText {
  private PlaceCodeText() {}

  static String words(Collection<String> codes) {
    return codes.isEmpty() ? "nowhere" : String.join(", ", codes);
  }

  static String before(Optional<List<String>> codes) {
    return codes.map(PlaceCodeText::words).orElse("no account");
  }
}
