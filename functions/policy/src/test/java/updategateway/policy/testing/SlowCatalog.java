package updategateway.policy.testing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.catalog.Classification;
import updategateway.policy.catalog.Route;
import updategateway.policy.model.Product;

/**
 * The meaning of a catalog, read from its patterns as they are written: slow (exponential for some
 * patterns), and obviously right. It uses the data of the domain and none of its logic.
 */
public final class SlowCatalog {
  private SlowCatalog() {}

  /** The first route that matches wins. */
  public static Classification classify(Catalog catalog, List<String> segments) {
    for (Route route : catalog.routes()) {
      List<String> parts = List.of(route.path().toString().substring(1).split("/", -1));
      String product = match(parts, segments, "");
      if (product != null) {
        return new Classification(
            route.product() == null ? new Product(product) : route.product(), route.activity());
      }
    }
    return Classification.UNCLASSIFIED;
  }

  /**
   * The product that the path names, the one found before where it names none, or null when it does
   * not match: each {@code **} takes the fewest segments with which the rest matches.
   */
  private static @Nullable String match(List<String> parts, List<String> segments, String product) {
    if (parts.isEmpty()) {
      return segments.isEmpty() ? product : null;
    }
    String part = parts.getFirst();
    List<String> behind = parts.subList(1, parts.size());
    if (part.equals("**")) {
      for (int taken = 0; taken <= segments.size(); taken++) {
        if (taken > 0 && segments.get(taken - 1).contains("/")) {
          return null;
        }
        String found = match(behind, segments.subList(taken, segments.size()), product);
        if (found != null) {
          return found;
        }
      }
      return null;
    }
    if (segments.isEmpty()) {
      return null;
    }
    String segment = segments.getFirst();
    List<String> rest = segments.subList(1, segments.size());
    if (part.equals("{product}")) {
      return segment.matches("(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*")
          ? match(behind, rest, segment)
          : null;
    }
    if (part.contains("%2f") || part.contains("%2F") || segment.contains("/")) {
      return slashed(part, segment) ? match(behind, rest, product) : null;
    }
    boolean fits =
        part.contains("*") ? !segment.isEmpty() && fits(part, segment) : part.equals(segment);
    return fits ? match(behind, rest, product) : null;
  }

  /** Both sides of an encoded slash, or of several; a word in braces is a star. */
  private static boolean slashed(String part, String segment) {
    String[] globs = part.replaceAll("\\{[a-z]+}", "*").split("%2f|%2F", -1);
    String[] names = segment.split("/", -1);
    boolean fits = globs.length == names.length;
    for (int i = 0; fits && i < globs.length; i++) {
      fits = !names[i].isEmpty() && fits(globs[i], names[i]);
    }
    return fits;
  }

  /** A star is any number of characters. */
  private static boolean fits(String glob, String text) {
    if (glob.isEmpty()) {
      return text.isEmpty();
    }
    if (glob.charAt(0) == '*') {
      return fits(glob.substring(1), text) || (!text.isEmpty() && fits(glob, text.substring(1)));
    }
    return !text.isEmpty()
        && glob.charAt(0) == text.charAt(0)
        && fits(glob.substring(1), text.substring(1));
  }
}
