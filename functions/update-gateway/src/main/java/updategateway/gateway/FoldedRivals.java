package updategateway.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import updategateway.gateway.path.OtherReadings;
import updategateway.policy.catalog.AmbiguousRoutes;
import updategateway.policy.catalog.Route;

/**
 * Routes some part of which is written as a part of the other, but for what folding takes away.
 * Immutable once it is made.
 */
final class FoldedRivals implements AmbiguousRoutes.Conflicts {
  /** Of each route, what its pattern has between slashes and stars. */
  private final List<List<Text>> texts = new ArrayList<>();

  FoldedRivals(List<Route> routes) {
    Map<String, Text> byWritten = new HashMap<>();
    for (Route route : routes) {
      List<Text> own = new ArrayList<>();
      for (String written : texts(route)) {
        own.add(byWritten.computeIfAbsent(written, Text::new));
      }
      texts.add(own);
    }
  }

  private static List<String> texts(Route route) {
    String pattern = route.path().toString();
    if (route.path().hasEncodedSlash()) {
      pattern = pattern.replaceAll("(?i)%2f", "/").replaceAll("\\{[^}]*}", "*");
    }
    List<String> texts = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i <= pattern.length(); i++) {
      if (i == pattern.length() || pattern.charAt(i) == '/' || pattern.charAt(i) == '*') {
        String text = pattern.substring(begin, i);
        if (!text.isEmpty() && !text.equals("{product}")) {
          texts.add(text);
        }
        begin = i + 1;
      }
    }
    return texts;
  }

  @Override
  public boolean conflict(int one, int other) {
    for (Text text : texts.get(one)) {
      for (Text otherText : texts.get(other)) {
        if (text.isRivalOf(otherText) || otherText.isRivalOf(text)) {
          return true;
        }
      }
    }
    return false;
  }

  private static final class Text {
    final String written;
    final String folded;

    Text(String written) {
      this.written = written;
      this.folded = OtherReadings.folded(written);
    }

    /** Whether the other is a part of this one, but not as it is written. */
    boolean isRivalOf(Text other) {
      return folded.contains(other.folded) && !written.contains(other.written);
    }
  }
}
