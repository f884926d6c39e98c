package updategateway.region;

import com.maxmind.db.MaxMindDbConstructor;
import com.maxmind.db.MaxMindDbParameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a database says of a network, as far as it matters here. Decoded by reflection. */
sealed interface AddressRecord {
  /** The country's code; null when there is none. */
  @Nullable String countryCode();

  /** The code of its first part, behind the hyphen of ISO 3166-2; null when there is none. */
  default @Nullable String subdivisionCode() {
    return null;
  }

  /** The code of the country that the network stands for elsewhere; null when there is none. */
  default @Nullable String representedCode() {
    return null;
  }

  /** Why its place cannot be relied on; null when it can. */
  default Whereabouts.@Nullable Reason doubt() {
    return null;
  }

  /**
   * A flat record with a member {@code country_code}, or {@code country} with a text, as data sets
   * in the public domain have it.
   */
  record Flat(
      @Nullable @MaxMindDbParameter(name = "country_code") String snake,
      @Nullable @MaxMindDbParameter(name = "country") String plain,
      @Nullable @MaxMindDbParameter(name = "is_anonymous") Boolean anonymous,
      @Nullable @MaxMindDbParameter(name = "is_anonymous_proxy") Boolean anonymousProxy,
      @Nullable @MaxMindDbParameter(name = "is_anonymous_vpn") Boolean anonymousVpn,
      @Nullable @MaxMindDbParameter(name = "is_anycast") Boolean anycast)
      implements AddressRecord {
    @MaxMindDbConstructor
    public Flat {}

    @Override
    public Whereabouts.@Nullable Reason doubt() {
      return new Traits(anonymous, anonymousProxy, anonymousVpn, null, null, null, null, anycast)
          .doubt();
    }

    @Override
    public @Nullable String countryCode() {
      return snake == null ? plain : snake;
    }
  }

  /**
   * A record of GeoIP2 or GeoLite2 Country, City or Enterprise. {@code registered_country} is where
   * the network is registered, not where its users are, and is not even read.
   */
  record GeoIp2(
      @Nullable @MaxMindDbParameter(name = "country") Country country,
      @Nullable @MaxMindDbParameter(name = "represented_country") Country represented,
      @Nullable @MaxMindDbParameter(name = "subdivisions") List<Country> subdivisions,
      @Nullable @MaxMindDbParameter(name = "traits") Traits traits)
      implements AddressRecord {
    @MaxMindDbConstructor
    public GeoIp2 {}

    @Override
    public @Nullable String countryCode() {
      return country == null ? null : country.code();
    }

    @Override
    public @Nullable String subdivisionCode() {
      return subdivisions == null || subdivisions.isEmpty() ? null : subdivisions.getFirst().code();
    }

    @Override
    public @Nullable String representedCode() {
      return represented == null ? null : represented.code();
    }

    @Override
    public Whereabouts.@Nullable Reason doubt() {
      return traits == null ? null : traits.doubt();
    }
  }

  /** A country or a part of one. */
  record Country(@Nullable @MaxMindDbParameter(name = "iso_code") String code) {
    @MaxMindDbConstructor
    public Country {}
  }

  /** What is said of the users of a network; null where nothing is. */
  record Traits(
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

    Whereabouts.@Nullable Reason doubt() {
      if (isAnonymous()) {
        return Whereabouts.Reason.ANONYMOUS;
      }
      return Boolean.TRUE.equals(anycast) ? Whereabouts.Reason.ANYCAST : null;
    }

    private boolean isAnonymous() {
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
