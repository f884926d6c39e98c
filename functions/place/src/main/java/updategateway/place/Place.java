package updategateway.place;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A country (ISO 3166-1 alpha-2, and {@code XK}) or a subdivision of one (ISO 3166-2).
 *
 * <p>ISO 3166 gives some places two codes: {@code HK} and {@code CN-HK}, {@code RE} and {@code
 * FR-974}. A place has the code that was written, so that a policy set keeps its digest, and {@link
 * #canonical} is the same for both. The six areas of the United States are canonical as
 * subdivisions ({@code PR} is {@code US-PR}), since {@code US} covers them; all others as
 * countries, since {@code CN} does not cover {@code HK}. Immutable.
 */
public final class Place implements Comparable<Place> {
  private final String code;
  private final @Nullable Place same;
  private final @Nullable Place parent;

  private Place(String code, @Nullable Place same, @Nullable Place parent) {
    this.code = code;
    this.same = same;
    this.parent = parent;
  }

  /** Returns a country. */
  static Place country(String code) {
    return new Place(code, null, null);
  }

  /** Returns a part of a larger place. */
  static Place part(String code, Place parent) {
    return new Place(code, null, parent.canonical());
  }

  /** Returns a place by its other code. */
  static Place alias(String code, Place same) {
    return new Place(code, same.canonical(), null);
  }

  /**
   * Returns the place with a written code such as {@code DE}, {@code PR}, {@code CN-HK} or {@code
   * UA-43}. A subdivision that ISO 3166-2 does not have is an unnamed part of the country: it is
   * equal to no other and covered by the country only. See {@link Subdivisions#contain}.
   *
   * @throws IllegalArgumentException if the code has another shape or no country has it
   */
  public static Place parse(String code) {
    if (!isShaped(code)) {
      throw new IllegalArgumentException("not a place code: " + code);
    }
    String country = code.substring(0, 2);
    if (!Countries.contain(country)) {
      throw new IllegalArgumentException("no country has the code " + country);
    }
    SubdivisionTable.Country table = SubdivisionTable.of(country);
    if (code.length() == 2 || table.whole().isSubdivision()) {
      return table.whole();
    }
    Place known = table.current().get(code.substring(3));
    return known == null ? part(code, table.whole()) : known;
  }

  /**
   * Returns the canonical place for a country and, if one is known, its subdivision.
   *
   * @param subdivision the part of an ISO 3166-2 code after the hyphen, or null
   * @throws IllegalArgumentException if the country does not exist or the subdivision has another
   *     shape
   */
  public static Place of(String country, @Nullable String subdivision) {
    return parse(subdivision == null ? country : country + "-" + subdivision).canonical();
  }

  /**
   * Returns the canonical place for a subdivision that ISO 3166-2 has, or had under a code that was
   * replaced and not given to another place. Empty if there is none.
   *
   * @param country a code for which {@link Countries#contain} is true
   * @param subdivision any text
   */
  public static Optional<Place> find(String country, String subdivision) {
    SubdivisionTable.Country table = SubdivisionTable.of(country);
    Place current = table.current().get(subdivision);
    Place found = current == null ? table.former().get(subdivision) : current;
    return found == null ? Optional.empty() : Optional.of(found.canonical());
  }

  /** Two letters; then perhaps a hyphen and one to three letters or digits. */
  private static boolean isShaped(String code) {
    int length = code.length();
    if (length != 2 && (length < 4 || length > 6 || code.charAt(2) != '-')) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = code.charAt(i);
      boolean letter = c >= 'A' && c <= 'Z';
      boolean digit = c >= '0' && c <= '9' && i > 2;
      if (!letter && !digit && i != 2) {
        return false;
      }
    }
    return true;
  }

  /** The code as written; upper case. */
  public String code() {
    return code;
  }

  /** The first part of the code. */
  public String country() {
    return code.substring(0, 2);
  }

  /** The part of the code after the hyphen; empty for a country. */
  public Optional<String> subdivision() {
    return isSubdivision() ? Optional.of(code.substring(3)) : Optional.empty();
  }

  /** Returns true if the code is one of ISO 3166-2. */
  public boolean isSubdivision() {
    return code.length() > 2;
  }

  /** Returns the same place by its canonical code. */
  public Place canonical() {
    return same == null ? this : same;
  }

  /** Returns the smallest place of which this one is a part; empty for a country. */
  public Optional<Place> parent() {
    return Optional.ofNullable(canonical().parent);
  }

  /** Returns the largest place that covers this one, such as GB for GB-EDH, or SJ for NO-21. */
  public Place largest() {
    Place place = canonical();
    while (place.parent != null) {
      place = place.parent;
    }
    return place;
  }

  /** Returns true if both codes are of one place. */
  public boolean isSame(Place other) {
    return canonical().equals(other.canonical());
  }

  /** Returns true if the other place is this one or a part of it. */
  public boolean covers(Place other) {
    Place own = canonical();
    for (Place place = other.canonical(); place != null; place = place.parent) {
      if (place.equals(own)) {
        return true;
      }
    }
    return false;
  }

  /** Returns true if this place is smaller than the other one and inside it. */
  public boolean isPartOf(Place other) {
    return !isSame(other) && other.covers(this);
  }

  /** Returns true if the other place has the same code; {@link #isSame} compares places. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Place place && place.code.equals(code);
  }

  @Override
  public int hashCode() {
    return code.hashCode();
  }

  @Override
  public int compareTo(Place other) {
    return code.compareTo(other.code);
  }

  @Override
  public String toString() {
    return code;
  }
}
