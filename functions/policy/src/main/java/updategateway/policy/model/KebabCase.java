package updategateway.policy.model;

/** The form of every name that operators choose: ids, products, activities. */
public final class KebabCase {
  private KebabCase() {}

  /**
   * Whether the text is lower-case ASCII letters and digits, in groups joined by single hyphens.
   */
  public static boolean matches(String text) {
    boolean afterHyphen = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && (c != '-' || afterHyphen)) {
        return false;
      }
      afterHyphen = !letterOrDigit;
    }
    return !afterHyphen;
  }
}
