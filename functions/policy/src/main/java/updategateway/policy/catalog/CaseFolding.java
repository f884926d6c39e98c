package updategateway.policy.catalog;

/** Locale-independent case folding, character by character, as case-insensitive file systems do. */
public final class CaseFolding {
  private CaseFolding() {}

  /** Returns the text with each character in upper and then in lower case. */
  public static String fold(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      folded.appendCodePoint(Character.toLowerCase(Character.toUpperCase(text.codePointAt(i))));
    }
    return folded.toString();
  }
}
