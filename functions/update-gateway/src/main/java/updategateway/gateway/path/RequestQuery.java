package updategateway.gateway.path;

import org.jspecify.annotations.Nullable;

/** The query of a request, which goes to the origin byte for byte. */
public final class RequestQuery {
  private RequestQuery() {}

  /**
   * Returns the query if it can stand in a header; the empty text for none.
   *
   * @param rawQuery without the question mark; null or empty for none
   * @throws UriTooLongException if it is too long
   * @throws MalformedPathException if it has a space, a fragment, a control or a non-ASCII
   *     character
   */
  public static String checked(@Nullable String rawQuery) throws MalformedPathException {
    if (rawQuery == null) {
      return "";
    }
    if (rawQuery.length() > RequestPath.MAX_LENGTH) {
      throw new UriTooLongException(
          "has a query longer than " + RequestPath.MAX_LENGTH + " characters");
    }
    for (int i = 0; i < rawQuery.length(); i++) {
      char c = rawQuery.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        throw new MalformedPathException("has a query with a character that has to be encoded");
      }
    }
    return rawQuery;
  }
}
