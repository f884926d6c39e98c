package updategateway.region;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import updategateway.place.Place;

/** Where a request comes from, by one source of evidence. */
public sealed interface LocationEvidence {
  /** Which source says so, such as {@code cloudfront-viewer-country}. */
  String source();

  /** Why there is no place, or none that can be relied on; empty where there is. */
  default Optional<Reason> uncertainty() {
    if (this instanceof Trusted) {
      return Optional.empty();
    }
    return Optional.of(
        this instanceof Untrusted doubtful ? doubtful.reason() : ((Absent) this).reason());
  }

  /**
   * A country, and a part of it where that is known.
   *
   * @param country ISO 3166-1 alpha-2, or {@code XK}
   * @param subdivision the part of an ISO 3166-2 code behind the hyphen; null when it is not known
   * @param source which source says so
   * @param unassigned what the source reports in place of a subdivision, if ISO 3166-2 does not
   *     have it; null otherwise
   */
  record Trusted(
      String country, @Nullable String subdivision, String source, @Nullable String unassigned)
      implements LocationEvidence {
    private static final int MAX_UNASSIGNED = 12;

    /** A place without anything that ISO 3166-2 does not have. */
    public Trusted(String country, @Nullable String subdivision, String source) {
      this(country, subdivision, source, null);
    }

    /**
     * Returns the place that a country and a reported subdivision are. A subdivision that has a
     * country's code of its own is that country; one that ISO 3166-2 does not have is not known.
     *
     * @param country an existing country
     * @param reported any text; null or empty if none is reported
     */
    static Trusted of(String country, @Nullable String reported, String source) {
      if (reported == null || reported.isEmpty()) {
        return new Trusted(country, null, source);
      }
      Place place = Place.find(country, reported).orElse(null);
      return place == null ? new Trusted(country, null, source, cut(reported)) : of(place, source);
    }

    /** Returns a place as a source reports it. */
    static Trusted of(Place place, String source) {
      return new Trusted(place.country(), place.subdivision().orElse(null), source);
    }

    /** Returns the same place, with something that ISO 3166-2 does not have. */
    Trusted beside(String reported) {
      return new Trusted(country, subdivision, source, cut(reported));
    }

    private static String cut(String text) {
      return text.length() <= MAX_UNASSIGNED ? text : text.substring(0, MAX_UNASSIGNED);
    }

    /** Returns the place by its canonical code. */
    public Place place() {
      return Place.of(country, subdivision);
    }

    /** {@code DE} or {@code UA-43}. */
    public String code() {
      return subdivision == null ? country : country + "-" + subdivision;
    }
  }

  /**
   * A place that the source names and cannot be relied on for: the user of an anonymising service
   * is rarely where the service is, and a base abroad is not in the country that it stands for. It
   * counts where it makes the answer stricter, and the client's place is unknown all the same.
   *
   * @param place what is named
   * @param reason why it cannot be relied on
   */
  record Untrusted(Trusted place, Reason reason) implements LocationEvidence {
    @Override
    public String source() {
      return place.source();
    }
  }

  /**
   * Nobody can tell.
   *
   * @param reason why
   * @param source which source was asked
   */
  record Absent(Reason reason, String source) implements LocationEvidence {}

  /** Why a place is unknown. */
  enum Reason {
    /** The edge reported no country. */
    ABSENT("the edge reported no country"),
    /** What was reported is no country code, or several. */
    MALFORMED("what was reported is not one country code"),
    /** The source says that it knows no country for this client. */
    NO_COUNTRY("the edge knows no country for this client"),
    /** The request did not provably come through the edge, so that its headers say nothing. */
    UNPROVEN("the request did not provably come through the edge"),
    /** No trusted source reported the client's address. */
    NO_ADDRESS("no address of the client was reported"),
    /** What was reported is no address, or several. */
    MALFORMED_ADDRESS("what was reported is not one address"),
    /** A special-purpose address: for documentation, private networks and the like. */
    SPECIAL_PURPOSE("the address is of a kind that has no place"),
    /** The database has nothing about the address, or no country. */
    NOT_LISTED("the address database names no country for the address"),
    /** The database has something in place of a country's code. */
    NOT_A_COUNTRY("the address database names no country that there is"),
    /** The database says that the address hides where its user is. */
    ANONYMOUS("the address belongs to a service that hides where its user is"),
    /** The database says that the address is used in many places at once. */
    ANYCAST("the address is used in many places at once"),
    /** The network stands for this country, wherever it is, such as that of a base abroad. */
    STANDS_FOR("the network of the address stands for that country, wherever it is"),
    /** The network stands for some country, and what should be its code is none. */
    STANDS_FOR_NO_COUNTRY(
        "the address database says that the network stands for a country that there is not"),
    /** A member of the record is of a type that it cannot have, so that its meaning is unknown. */
    ODD_RECORD("the address database says something about the address that cannot be read"),
    /** The database names several subdivisions of which none is in another. */
    SEVERAL_SUBDIVISIONS("the address database names subdivisions that contradict each other"),
    /** It follows from the agent id, which any client can send. */
    CLAIMED("the place is only what a correction says of the agent's id"),
    /** The database is broken at this address. */
    UNREADABLE("the address database could not be read");

    private final String description;

    Reason(String description) {
      this.description = description;
    }

    /** Returns the reason as part of a sentence. */
    public String description() {
      return description;
    }
  }
}
