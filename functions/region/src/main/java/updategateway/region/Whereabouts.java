package updategateway.region;

import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from, by one source of evidence. Sources that are not the edge's headers
 * (an address database, a correction) will answer with the same type.
 */
public sealed interface Whereabouts {
  /** Which source says so, such as {@code cloudfront-viewer-country}. */
  String source();

  /**
   * A country, and a part of it where that is known.
   *
   * @param country ISO 3166-1 alpha-2, or {@code XK}
   * @param subdivision the part of an ISO 3166-2 code behind the hyphen; null when it is not known
   * @param source which source says so
   */
  record Known(String country, @Nullable String subdivision, String source) implements Whereabouts {
    /** {@code DE} or {@code UA-43}. */
    public String code() {
      return subdivision == null ? country : country + "-" + subdivision;
    }
  }

  /**
   * Nobody can tell.
   *
   * @param reason why
   * @param source which source was asked
   */
  record Unknown(Reason reason, String source) implements Whereabouts {}

  /** Why a place is unknown. */
  enum Reason {
    /** The edge reported no country. */
    ABSENT("the edge reported no country"),
    /** What was reported is no country code, or several. */
    MALFORMED("what was reported is not one country code"),
    /** The source says that it knows no country for this client. */
    NO_COUNTRY("the edge knows no country for this client"),
    /** The request did not provably come through the edge, so that its headers say nothing. */
    UNPROVEN("the request did not provably come through the edge");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** The reason in a sentence's words. */
    public String words() {
      return words;
    }
  }
}
