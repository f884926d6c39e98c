package updategateway.cli.text;

import java.util.Collection;
import java.util.List;

/** Lists in a sentence. */
public final class ListText {
  private ListText() {}

  /** {@code a, b and c}. */
  public static String and(Collection<?> items) {
    return joined(items, " and ");
  }

  /** {@code a, b or c}. */
  public static String or(Collection<?> items) {
    return joined(items, " or ");
  }

  private static String joined(Collection<?> items, String last) {
    List<String> texts = items.stream().map(String::valueOf).toList();
    return texts.size() < 2
        ? String.join("", texts)
        : String.join(", ", texts.subList(0, texts.size() - 1)) + last + texts.getLast();
  }

  /** {@code 1 route}, {@code 2 routes}. */
  public static String count(long number, String one, String more) {
    return number + " " + (number == 1 ? one : more);
  }
}
