package updategateway.gateway;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import updategateway.gateway.path.OtherReadings;
import updategateway.policy.catalog.AmbiguousRoutes;
import updategateway.policy.catalog.Route;

/**
 * Routes some part of which is written as a part of the other, but for what folding takes away.
 * Immutable once it is made.
 *
 * <p>Only a text that folding changes can make rivals, alone or with any other: where nearly all
 * texts are in lower case, what is to be compared is little.
 */
final class FoldedRivals implements AmbiguousRoutes.Rivals {
  /** Of each route, what its pattern has between slashes and stars. */
  private final List<List<Text>> texts = new ArrayList<>();

  FoldedRivals(List<Route> routes) {
    Map<String, Text> byWritten = new HashMap<>();
    for (int i = 0; i < routes.size(); i++) {
      List<Text> own = new ArrayList<>();
      for (String written : texts(routes.get(i))) {
        Text text = byWritten.computeIfAbsent(written, Text::new);
        text.lastRoute = i;
        own.add(text);
      }
      texts.add(own);
    }
    findLastRivals(byWritten.values());
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

  private static void findLastRivals(Collection<Text> texts) {
    Map<String, List<Text>> all = new HashMap<>();
    Map<String, List<Text>> changed = new HashMap<>();
    for (Text text : texts) {
      all.computeIfAbsent(text.folded, _ -> new ArrayList<>()).add(text);
      if (text.isChanged()) {
        changed.computeIfAbsent(text.folded, _ -> new ArrayList<>()).add(text);
      }
    }
    if (changed.isEmpty()) {
      return;
    }
    Set<Integer> lengths = lengths(all.keySet());
    Set<Integer> lengthsOfChanged = lengths(changed.keySet());
    for (Text text : texts) {
      if (text.isChanged()) {
        findLastRivals(text, all, lengths);
      } else {
        findLastRivals(text, changed, lengthsOfChanged);
      }
    }
  }

  private static Set<Integer> lengths(Collection<String> texts) {
    Set<Integer> lengths = new TreeSet<>();
    for (String text : texts) {
      lengths.add(text.length());
    }
    return lengths;
  }

  /** Looks every part of a text up that is as long as one of the others. */
  private static void findLastRivals(
      Text text, Map<String, List<Text>> others, Set<Integer> lengths) {
    for (int length : lengths) {
      for (int begin = 0; begin + length <= text.folded.length(); begin++) {
        List<Text> parts = others.get(text.folded.substring(begin, begin + length));
        if (parts == null) {
          continue;
        }
        for (Text part : parts) {
          if (text.isRivalOf(part)) {
            text.lastRival = Math.max(text.lastRival, part.lastRoute);
            part.lastRival = Math.max(part.lastRival, text.lastRoute);
          }
        }
      }
    }
  }

  @Override
  public boolean areRivals(int one, int other) {
    for (Text text : texts.get(one)) {
      for (Text otherText : texts.get(other)) {
        if (text.isRivalOf(otherText) || otherText.isRivalOf(text)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public int lastRival(int route) {
    int last = -1;
    for (Text text : texts.get(route)) {
      last = Math.max(last, text.lastRival);
    }
    return last;
  }

  private static final class Text {
    final String written;
    final String folded;

    /** The last route that has it. */
    int lastRoute;

    /** The last route that has a text which makes it a rival; -1 for none. */
    int lastRival = -1;

    Text(String written) {
      this.written = written;
      this.folded = OtherReadings.folded(written);
    }

    boolean isChanged() {
      return !folded.equals(written);
    }

    /** Whether the other is a part of this one, but not as it is written. */
    boolean isRivalOf(Text other) {
      return folded.contains(other.folded) && !written.contains(other.written);
    }
  }
}
