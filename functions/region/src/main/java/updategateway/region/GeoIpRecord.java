package updategateway.region;

import com.maxmind.db.MaxMindDbConstructor;
import com.maxmind.db.MaxMindDbParameter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record of an address database, as far as it matters here, whatever its layout: as GeoIP2 and
 * GeoLite2 Country, City and Enterprise have it, with a {@code country} that has members, or flat,
 * with a {@code country_code} or a {@code country} that is a text, as data sets in the public
 * domain have it. Decoded by reflection.
 *
 * <p>Every member is taken in whatever type it has. One of a type that it cannot have makes the
 * record doubtful and hides no other member. {@code registered_country} is where the network is
 * registered, not where its users are, and is not even read.
 *
 * @param partial whether the library could not decode all of it
 */
record GeoIpRecord(
    @Nullable Object flatCode,
    @Nullable Object country,
    @Nullable Object represented,
    @Nullable Object subdivisions,
    Flags flags,
    boolean partial) {
  /** In the place of a member that could not be decoded. */
  static final Object UNDECODABLE = new Object();

  private static final String CODE = "iso_code";

  /** The record that was decoded. */
  static GeoIpRecord of(Decoded decoded) {
    Flags own =
        Flags.of(
            decoded.anonymous(),
            decoded.anonymousProxy(),
            decoded.anonymousVpn(),
            decoded.publicProxy(),
            decoded.residentialProxy(),
            decoded.torExitNode(),
            decoded.satelliteProvider(),
            decoded.anycast());
    return new GeoIpRecord(
        decoded.flatCode(),
        decoded.country(),
        decoded.represented(),
        decoded.subdivisions(),
        own.and(Flags.in("traits", decoded.traits()))
            .and(Flags.in("anonymizer", decoded.anonymizer())),
        false);
  }

  /** The country's code; null when there is none that can be read. */
  @Nullable String countryCode() {
    String flat = text(flatCode);
    String nested = code(country);
    // Beside a code, a text is the country's name.
    return flat != null && (country instanceof String || nested == null) ? flat : nested;
  }

  /**
   * The code that a record has beside the other one: a flat one and one with members, of which
   * nobody says which counts. Null when there is only one.
   */
  @Nullable String secondCountryCode() {
    return country instanceof String || code(country) == null ? null : text(flatCode);
  }

  /** The codes of its parts, behind the hyphen of ISO 3166-2; mostly the largest first. */
  List<String> subdivisionCodes() {
    return subdivisions instanceof List<?> list
        ? list.stream().map(GeoIpRecord::code).filter(Objects::nonNull).toList()
        : List.of();
  }

  /**
   * The code of the country that the network stands for elsewhere; null when it stands for none,
   * empty when it stands for one that is not named.
   */
  @Nullable String representedCode() {
    if (represented == null || "".equals(represented)) {
      return null;
    }
    String code = code(represented);
    return code == null ? "" : code;
  }

  /** Why its place cannot be relied on; null when it can. */
  LocationEvidence.@Nullable Reason doubt() {
    if (flags.hidden()) {
      return LocationEvidence.Reason.ANONYMOUS;
    }
    if (flags.anycast()) {
      return LocationEvidence.Reason.ANYCAST;
    }
    return oddMember() == null ? null : LocationEvidence.Reason.ODD_RECORD;
  }

  /** The first member that is not what it should be; null for none. */
  @Nullable String oddMember() {
    if (partial) {
      return "a member that cannot be decoded";
    }
    if (flatCode != null && !(flatCode instanceof String)) {
      return "country_code";
    }
    if (isOddCode(country)) {
      return "country";
    }
    return hasOddSubdivisions() ? "subdivisions" : flags.odd();
  }

  private boolean hasOddSubdivisions() {
    if (subdivisions == null || "".equals(subdivisions)) {
      return false;
    }
    if (!(subdivisions instanceof List<?> list)) {
      return true;
    }
    for (Object subdivision : list) {
      if (isOddCode(subdivision)) {
        return true;
      }
    }
    return false;
  }

  /** A text, or the member {@code iso_code} of a map; null when there is neither. */
  private static @Nullable String code(@Nullable Object value) {
    return text(written(value));
  }

  private static boolean isOddCode(@Nullable Object value) {
    Object code = written(value);
    return code != null && !(code instanceof String);
  }

  private static @Nullable Object written(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> map.get(CODE);
      case IsoCode code -> code.value();
      case null, default -> value;
    };
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof String text ? text : null;
  }

  /**
   * What a record says of the users of a network.
   *
   * @param hidden whether their address hides where they are; that of a hosting provider does not
   * @param anycast whether their address is used in many places at once
   * @param odd the first member that cannot be a flag; null for none
   */
  record Flags(boolean hidden, boolean anycast, @Nullable String odd) {
    private static final String ANYCAST = "is_anycast";
    private static final List<String> NAMES =
        List.of(
            "is_anonymous",
            "is_anonymous_proxy",
            "is_anonymous_vpn",
            "is_public_proxy",
            "is_residential_proxy",
            "is_tor_exit_node",
            "is_satellite_provider",
            ANYCAST);
    static final Flags NONE = new Flags(false, false, null);

    /** The flags that are given in the order of their names. */
    private static Flags of(@Nullable Object... values) {
      boolean hidden = false;
      boolean anycast = false;
      String odd = null;
      for (int i = 0; i < NAMES.size(); i++) {
        String name = NAMES.get(i);
        switch (Flag.of(values[i])) {
          case SET -> {
            anycast |= name.equals(ANYCAST);
            hidden |= !name.equals(ANYCAST);
          }
          case ODD -> odd = odd == null ? name : odd;
          case CLEAR -> {}
        }
      }
      return new Flags(hidden, anycast, odd);
    }

    /** The flags in a member that should be a map. */
    private static Flags in(String member, @Nullable Object value) {
      if (value == null || "".equals(value)) {
        return NONE;
      }
      return value instanceof Map<?, ?> map
          ? of(NAMES.stream().<@Nullable Object>map(map::get).toArray())
          : new Flags(false, false, member);
    }

    private Flags and(Flags other) {
      return new Flags(
          hidden || other.hidden, anycast || other.anycast, odd == null ? other.odd : odd);
    }
  }

  /** A truth value in one of the spellings that databases use. */
  private enum Flag {
    SET,
    CLEAR,
    /** It cannot be a truth value. */
    ODD;

    static Flag of(@Nullable Object value) {
      if (value == null) {
        return CLEAR;
      }
      if (value instanceof Boolean || value instanceof Number || value instanceof String) {
        return switch (value.toString().strip().toLowerCase(Locale.ROOT)) {
          case "true", "1", "1.0", "yes" -> SET;
          case "false", "0", "0.0", "no", "" -> CLEAR;
          default -> ODD;
        };
      }
      return ODD;
    }
  }

  /** The members of a record, each as the library decodes it. */
  public record Decoded(
      @Nullable @MaxMindDbParameter(name = "country_code") Object flatCode,
      @Nullable @MaxMindDbParameter(name = "country") Object country,
      @Nullable @MaxMindDbParameter(name = "represented_country") Object represented,
      @Nullable @MaxMindDbParameter(name = "subdivisions") Object subdivisions,
      @Nullable @MaxMindDbParameter(name = "traits") Object traits,
      @Nullable @MaxMindDbParameter(name = "anonymizer") Object anonymizer,
      @Nullable @MaxMindDbParameter(name = "is_anonymous") Object anonymous,
      @Nullable @MaxMindDbParameter(name = "is_anonymous_proxy") Object anonymousProxy,
      @Nullable @MaxMindDbParameter(name = "is_anonymous_vpn") Object anonymousVpn,
      @Nullable @MaxMindDbParameter(name = "is_public_proxy") Object publicProxy,
      @Nullable @MaxMindDbParameter(name = "is_residential_proxy") Object residentialProxy,
      @Nullable @MaxMindDbParameter(name = "is_tor_exit_node") Object torExitNode,
      @Nullable @MaxMindDbParameter(name = "is_satellite_provider") Object satelliteProvider,
      @Nullable @MaxMindDbParameter(name = "is_anycast") Object anycast) {
    @MaxMindDbConstructor
    public Decoded {}
  }

  /** A country or subdivision, decoded without its names. */
  public record IsoCode(@Nullable @MaxMindDbParameter(name = CODE) Object value) {
    @MaxMindDbConstructor
    public IsoCode {}
  }

  /** Decodes no member: for what only asks which networks there are. */
  public record Nothing() {
    @MaxMindDbConstructor
    public Nothing {}
  }
}
