package updategateway.gateway.response;

import java.util.Locale;

/**
 * The member {@code code} of a problem document: the same with every operator, unlike the problem's
 * type. The words are a contract with agents ({@code FOR-AGENTS.md}).
 */
enum ProblemCode {
  /** A policy does not allow the request to be served. */
  REFUSED,
  /** It is not known whether a policy covers the client, and so the request is not served. */
  UNDETERMINED,
  /** The path or query is not well-formed or can be read in two ways. */
  MALFORMED_PATH,
  /** The function was called with an event that is no request. */
  MALFORMED_EVENT,
  /** The path or query is too long. */
  URI_TOO_LONG,
  /** The headers are too many or too long. */
  HEADERS_TOO_LARGE,
  /** The method is neither GET nor HEAD. */
  METHOD_NOT_ALLOWED,
  /** Nothing can be decided at the moment. */
  UNAVAILABLE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
