package updategateway.region;

import com.maxmind.db.MaxMindDbConstructor;
import com.maxmind.db.MaxMindDbCreator;
import com.maxmind.db.MaxMindDbParameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a database says of a network, as far as it matters here, however it is laid out: as GeoIP2
 * and GeoLite2 Country, City and Enterprise have it, with a {@code country} that has members, or
 * flat, with a {@code country_code} or a {@code country} that is a text, as data sets in the public
 * domain have it. Decoded by reflection.
 *
 * <p>{@code registered_country} is where the network is registered, not where its users are, and is
 * not even read.
 */
public record AddressRecord(
    @Nullable @MaxMindDbParameter(name = "country_code") String flatCode,
    @Nullable @MaxMindDbParameter(name = "country") Code country,
    @Nullable @MaxMindDbParameter(name = "represented_country") Code represented,
    @Nullable @MaxMindDbParameter(name = "subdivisions") List<Code> subdivisions,
    @Nullable @MaxMindDbParameter(name = "traits") Traits traits,
    @Nullable @MaxMindDbParameter(name = "anonymizer") Traits anonymizer,
    @Nullable @MaxMindDbParameter(name = "is_anonymous") Boolean anonymous,
    @Nullable @MaxMindDbParameter(name = "is_anonymous_proxy") Boolean anonymousProxy,
    @Nullable @MaxMindDbParameter(name = "is_anonymous_vpn") Boolean anonymousVpn,
    @Nullable @MaxMindDbParameter(name = "is_public_proxy") Boolean publicProxy,
    @Nullable @MaxMindDbParameter(name = "is_residential_proxy") Boolean residentialProxy,
    @Nullable @MaxMindDbParameter(name = "is_tor_exit_node") Boolean torExitNode,
    @Nullable @MaxMindDbParameter(name = "is_satellite_provider") Boolean satelliteProvider,
    @Nullable @MaxMindDbParameter(name = "is_anycast") Boolean anycast) {
  @MaxMindDbConstructor
  public AddressRecord {}

  /** The country's code; null when there is none. */
  @Nullable String countryCode() {
    if (country == null) {
      return flatCode;
    }
    // Beside a code, a text is the country's name.
    return flatCode != null && (country.isText() || country.code() == null)
        ? flatCode
        : country.code();
  }

  /**
   * The code that a record has beside the other one: a flat one and one with members, of which
   * nobody says which counts. Null when there is only one.
   */
  @Nullable String secondCountryCode() {
    return country == null || country.isText() || country.code() == null ? null : flatCode;
  }

  /** The code of its first part, behind the hyphen of ISO 3166-2; null when there is none. */
  @Nullable String subdivisionCode() {
    return subdivisions == null || subdivisions.isEmpty() ? null : subdivisions.getFirst().code();
  }

  /**
   * The code of the country that the network stands for elsewhere; null when it stands for none,
   * empty when it stands for one that is not named.
   */
  @Nullable String representedCode() {
    if (represented == null || (represented.isText() && "".equals(represented.code()))) {
      return null;
    }
    return represented.code() == null ? "" : represented.code();
  }

  /** Why its place cannot be relied on; null when it can. */
  Whereabouts.@Nullable Reason doubt() {
    boolean hidden =
        own().isHidden()
            || (traits != null && traits.isHidden())
            || (anonymizer != null && anonymizer.isHidden());
    if (hidden) {
      return Whereabouts.Reason.ANONYMOUS;
    }
    return Boolean.TRUE.equals(anycast) || (traits != null && Boolean.TRUE.equals(traits.anycast()))
        ? Whereabouts.Reason.ANYCAST
        : null;
  }

  private Traits own() {
    return new Traits(
        anonymous,
        anonymousProxy,
        anonymousVpn,
        publicProxy,
        residentialProxy,
        torExitNode,
        satelliteProvider,
        anycast);
  }

  /**
   * A country, or a part of one: a text, or a member {@code iso_code} among others.
   *
   * @param code null when there is none
   * @param isText whether it is the text that stands there
   */
  public record Code(@Nullable String code, boolean isText) {
    @MaxMindDbConstructor
    public Code(@Nullable @MaxMindDbParameter(name = "iso_code") String code) {
      this(code, false);
    }

    @MaxMindDbCreator
    public static Code ofText(String text) {
      return new Code(text, true);
    }
  }

  /** What is said of the users of a network; null where nothing is. */
  public record Traits(
      @Nullable @MaxMindDbParameter(name = "is_anonymous") Boolean anonymous,
      @Nullable @MaxMindDbParameter(name = "is_anonymous_proxy") Boolean anonymousProxy,
      @Nullable @MaxMindDbParameter(name = "is_anonymous_vpn") Boolean anonymousVpn,
      @Nullable @MaxMindDbParameter(name = "is_public_proxy") Boolean publicProxy,
      @Nullable @MaxMindDbParameter(name = "is_residential_proxy") Boolean residentialProxy,
      @Nullable @MaxMindDbParameter(name = "is_tor_exit_node") Boolean torExitNode,
      @Nullable @MaxMindDbParameter(name = "is_satellite_provider") Boolean satelliteProvider,
      @Nullable @MaxMindDbParameter(name = "is_anycast") Boolean anycast) {
    @MaxMindDbConstructor
    public Traits {}

    /** Whether their address hides where they are; that of a hosting provider does not. */
    boolean isHidden() {
      return Boolean.TRUE.equals(anonymous)
          || Boolean.TRUE.equals(anonymousProxy)
          || Boolean.TRUE.equals(anonymousVpn)
          || Boolean.TRUE.equals(publicProxy)
          || Boolean.TRUE.equals(residentialProxy)
          || Boolean.TRUE.equals(torExitNode)
          || Boolean.TRUE.equals(satelliteProvider);
    }
  }
}
