package updategateway.policy.catalog;

/** Locale-independent case folding, character by character, as case-insensitive file systems do. */
public final class CaseFolding {
  private CaseFolding() {}

  /** Returns the text with each character in upper and then in lower case. */
  public static String fold(String text) {
    return text.codePoints()
        .map(Character::toUpperCase)
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
