package updategateway.region;

import com.maxmind.db.CHMCache;
import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Network;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import updategateway.region.address.IpAddress;
import updategateway.region.address.SpecialPurpose;

/**
 * Places of addresses, from a file in the MaxMind DB format, all of it in memory. Safe for many
 * threads.
 *
 * <p>Any file will do that has a {@code country_code} in its records, or a {@code country} as
 * GeoIP2 and GeoLite2 have it. Its data are as good as whoever made them: see {@code scripts/geo
 * grade}.
 */
public final class AddressDatabase {
  /** The name of this source of evidence. */
  public static final String SOURCE = "address-database";

  /**
   * The name of what the database says of networks that stand for another country, such as military
   * bases abroad.
   */
  public static final String REPRESENTED = "address-database-represented-country";

  private static final Pattern SUBDIVISION = Pattern.compile("[A-Z0-9]{1,3}");

  /** In so many records one must name a country. */
  private static final int MOST_PROBED = 10_000;

  private final Reader reader;
  private final Class<? extends AddressRecord> shape;

  private AddressDatabase(Reader reader, Class<? extends AddressRecord> shape) {
    this.reader = reader;
    this.shape = shape;
  }

  /**
   * Reads a file whole.
   *
   * @throws IOException with a sentence's words when there is none, or it is no database of
   *     countries
   */
  public static AddressDatabase open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("is no file: name a database in the MaxMind DB format (.mmdb)");
    }
    try {
      Reader reader = new Reader(file.toFile(), Reader.FileMode.MEMORY, new CHMCache());
      return new AddressDatabase(reader, shape(reader));
    } catch (RuntimeException | IOException e) {
      if (e instanceof NoCountriesException) {
        throw e;
      }
      throw new IOException("is no database in the MaxMind DB format: " + e.getMessage(), e);
    }
  }

  /** How its records look, by the first that names a country. */
  private static Class<? extends AddressRecord> shape(Reader reader) throws IOException {
    Networks<?> networks;
    try {
      networks = reader.networks(Map.class);
    } catch (InvalidNetworkException e) {
      throw new IOException(e);
    }
    for (int i = 0; i < MOST_PROBED && networks.hasNext(); i++) {
      Map<?, ?> fields = (Map<?, ?>) networks.next().data();
      if (fields.get("country") instanceof Map || fields.get("registered_country") instanceof Map) {
        return AddressRecord.GeoIp2.class;
      }
      if (fields.get("country_code") instanceof String || fields.get("country") instanceof String) {
        return AddressRecord.Flat.class;
      }
    }
    throw new NoCountriesException(
        "has no countries in its records ("
            + reader.getMetadata().databaseType()
            + "): a database of countries has country_code, or country.iso_code");
  }

  /** Which database this is, by its own words, such as {@code GeoLite2-Country}. */
  public String type() {
    return reader.getMetadata().databaseType();
  }

  /** When it was made. */
  public Instant builtAt() {
    return reader.getMetadata().buildTime();
  }

  /**
   * Where an address is: one piece of evidence or, where its network stands for another country,
   * two. What is in a block of special purpose is nowhere, whatever the database says.
   *
   * @param address as it came; what it carries inside is read through
   */
  public List<Whereabouts> find(IpAddress address) {
    IpAddress inner = address.unwrapped();
    if (SpecialPurpose.of(inner).isPresent()) {
      return unknown(Whereabouts.Reason.NOWHERE);
    }
    try {
      AddressRecord found = canHave(inner) ? record(inner).data() : null;
      return found == null ? unknown(Whereabouts.Reason.NOT_LISTED) : evidence(found);
    } catch (IOException | RuntimeException e) {
      // The reader throws many things at what is not as it should be.
      return unknown(Whereabouts.Reason.UNREADABLE);
    }
  }

  /**
   * The network by which the database answers for an address; empty when it has none of its kind.
   */
  public Optional<String> network(IpAddress address) {
    IpAddress inner = address.unwrapped();
    try {
      if (!canHave(inner)) {
        return Optional.empty();
      }
      Network network = record(inner).network();
      return IpAddress.of(network.networkAddress().getAddress())
          .map(first -> first + "/" + network.prefixLength());
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Names every network that the database has something about, with the length of its prefix; of
   * IPv6 not those that only carry IPv4.
   */
  public void networks(BiConsumer<IpAddress, Integer> consumer) {
    Networks<?> networks;
    try {
      networks = reader.networks(false, shape);
    } catch (IOException | InvalidNetworkException e) {
      throw new IllegalStateException("the database was opened and cannot be read", e);
    }
    while (networks.hasNext()) {
      Network network = networks.next().network();
      IpAddress.of(network.networkAddress().getAddress())
          .ifPresent(first -> consumer.accept(first, network.prefixLength()));
    }
  }

  private boolean canHave(IpAddress address) {
    return !address.ipv6() || reader.getMetadata().ipVersion() == 6;
  }

  private DatabaseRecord<? extends @Nullable AddressRecord> record(IpAddress address)
      throws IOException {
    return reader.getRecord(address.inetAddress(), shape);
  }

  private static List<Whereabouts> evidence(AddressRecord found) {
    List<Whereabouts> evidence = new ArrayList<>(2);
    evidence.add(place(found.countryCode(), found.subdivisionCode(), SOURCE, found.doubt()));
    Whereabouts represented = place(found.representedCode(), null, REPRESENTED, found.doubt());
    if (!(represented instanceof Whereabouts.Unknown)) {
      evidence.add(represented);
    }
    return evidence;
  }

  private static Whereabouts place(
      @Nullable String country,
      @Nullable String subdivision,
      String source,
      Whereabouts.@Nullable Reason doubt) {
    if (country == null || country.isEmpty()) {
      return new Whereabouts.Unknown(Whereabouts.Reason.NOT_LISTED, source);
    }
    String code = CountryCode.canonical(country.toUpperCase(Locale.ROOT));
    if (!CountryCode.isCountry(code)) {
      return new Whereabouts.Unknown(Whereabouts.Reason.NOT_A_COUNTRY, source);
    }
    boolean part = subdivision != null && SUBDIVISION.matcher(subdivision).matches();
    Whereabouts.Known place = new Whereabouts.Known(code, part ? subdivision : null, source);
    return doubt == null ? place : new Whereabouts.Doubtful(place, doubt);
  }

  private static List<Whereabouts> unknown(Whereabouts.Reason reason) {
    return List.of(new Whereabouts.Unknown(reason, SOURCE));
  }

  /** A database of something else. */
  private static final class NoCountriesException extends IOException {
    private static final long serialVersionUID = 1;

    NoCountriesException(String message) {
      super(message);
    }
  }
}
