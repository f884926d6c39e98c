package updategateway.region;

import com.maxmind.db.CHMCache;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Network;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import updategateway.region.address.IpAddress;
import updategateway.region.address.SpecialPurpose;

/**
 * Places of addresses, from a file in the MaxMind DB format, which is copied into memory or, if it
 * is large for the heap, mapped: the file must not be changed in place. Safe for many threads.
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

  private static final int LONGEST_SUBDIVISION = 3;

  /** Seconds since 1970 of the next thousand years. */
  private static final int BITS_OF_A_TIME = 35;

  /** A file that is larger than this part of the heap is not copied into it. */
  private static final int HEAP_SHARE = 8;

  private static final Duration SLOWEST_CLOCK = Duration.ofDays(1);

  private final Reader reader;
  private final RecordReader records;
  private final Instant builtAt;

  private AddressDatabase(Reader reader, RecordReader records, Instant builtAt) {
    this.reader = reader;
    this.records = records;
    this.builtAt = builtAt;
  }

  /**
   * Opens a file.
   *
   * @throws IOException with a sentence's words when there is none, or it is no database of
   *     countries, or does not say when it was made
   */
  public static AddressDatabase open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("is no file: name a database in the MaxMind DB format (.mmdb)");
    }
    try {
      Reader reader = new Reader(file.toFile(), mode(Files.size(file)), new CHMCache());
      RecordReader records = new RecordReader(reader);
      RecordCheck.check(reader, records);
      return new AddressDatabase(reader, records, buildTime(reader));
    } catch (UnusableDatabaseException e) {
      throw e;
    } catch (RuntimeException | IOException e) {
      throw new IOException("is no database in the MaxMind DB format: " + e.getMessage(), e);
    }
  }

  /** A large file is mapped: it takes no heap, and its pages can be dropped and read again. */
  private static Reader.FileMode mode(long bytes) {
    return bytes > Runtime.getRuntime().maxMemory() / HEAP_SHARE
        ? Reader.FileMode.MEMORY_MAPPED
        : Reader.FileMode.MEMORY;
  }

  private static Instant buildTime(Reader reader) throws UnusableDatabaseException {
    BigInteger seconds = reader.getMetadata().buildEpoch();
    if (seconds == null || seconds.bitLength() > BITS_OF_A_TIME) {
      throw new UnusableDatabaseException(
          "does not say when it was made: its metadata need a build_epoch, in seconds since 1970");
    }
    return Instant.ofEpochSecond(seconds.longValue());
  }

  /** Which database this is, by its own words, such as {@code GeoLite2-Country}. */
  public String type() {
    return reader.getMetadata().databaseType();
  }

  /** When it was made, by its own words. */
  public Instant builtAt() {
    return builtAt;
  }

  /**
   * Whether nobody should rely on its date: it is older than it may be, or of a time that has not
   * come.
   *
   * @param maxAge how old it may be
   * @param now by the clock; it may be a day slow
   */
  public boolean isStale(Duration maxAge, Instant now) {
    Duration age = Duration.between(builtAt, now);
    return age.compareTo(maxAge) > 0 || isOfTheFuture(now);
  }

  /** Whether it was made at a time that has not come, by a clock that may be a day slow. */
  public boolean isOfTheFuture(Instant now) {
    return Duration.between(now, builtAt).compareTo(SLOWEST_CLOCK) > 0;
  }

  /**
   * Where an address is: one piece of evidence or, where its network stands for another country,
   * two. Standing for a country places nobody; it can only make an answer stricter. What is in a
   * block of special purpose is nowhere, whatever the database says.
   *
   * @param address as it came; what it carries inside is read through
   */
  public List<Whereabouts> find(IpAddress address) {
    IpAddress inner = address.unwrapped();
    if (SpecialPurpose.of(inner).isPresent()) {
      return unknown(Whereabouts.Reason.NOWHERE);
    }
    try {
      AddressRecord found = records.read(inner);
      return found == null ? unknown(Whereabouts.Reason.NOT_LISTED) : evidence(found);
    } catch (IOException e) {
      return unknown(Whereabouts.Reason.UNREADABLE);
    }
  }

  /**
   * The network by which the database answers for an address; empty when it has none of its kind.
   */
  public Optional<String> network(IpAddress address) {
    IpAddress inner = address.unwrapped();
    try {
      if (!records.covers(inner)) {
        return Optional.empty();
      }
      Network network =
          reader.getRecord(inner.inetAddress(), AddressRecord.Nothing.class).network();
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
      networks = reader.networks(false, AddressRecord.Nothing.class);
    } catch (IOException | InvalidNetworkException e) {
      throw new IllegalStateException("the database was opened and cannot be read", e);
    }
    while (networks.hasNext()) {
      Network network;
      try {
        network = networks.next().network();
      } catch (RuntimeException e) {
        // Its record is no map.
        continue;
      }
      IpAddress.of(network.networkAddress().getAddress())
          .ifPresent(first -> consumer.accept(first, network.prefixLength()));
    }
  }

  private static List<Whereabouts> evidence(AddressRecord found) {
    String code = found.representedCode();
    Optional<String> stands = code == null ? Optional.empty() : country(code);
    Whereabouts.@Nullable Reason doubt =
        code != null && stands.isEmpty() ? Whereabouts.Reason.STANDS_FOR_NO_COUNTRY : found.doubt();
    Whereabouts first = located(found, doubt);
    Optional<Whereabouts> second = second(found, first, doubt);
    if (stands.isEmpty() && second.isEmpty()) {
      return List.of(first);
    }
    List<Whereabouts> all = new ArrayList<>();
    all.add(first);
    second.ifPresent(all::add);
    stands.ifPresent(country ->
        all.add(
            new Whereabouts.Doubtful(
                new Whereabouts.Known(country, null, REPRESENTED), Whereabouts.Reason.STANDS_FOR)));
    return List.copyOf(all);
  }

  /** A record that names two countries contradicts itself, as two sources would. */
  private static Optional<Whereabouts> second(
      AddressRecord found, Whereabouts first, Whereabouts.@Nullable Reason doubt) {
    String written = found.secondCountryCode();
    Optional<String> code = written == null ? Optional.empty() : country(written);
    return code.filter(country -> !names(first, country))
        .map(country -> placed(new Whereabouts.Known(country, null, SOURCE), doubt));
  }

  private static boolean names(Whereabouts first, String country) {
    return switch (first) {
      case Whereabouts.Known known -> known.country().equals(country);
      case Whereabouts.Doubtful doubtful -> doubtful.place().country().equals(country);
      case Whereabouts.Unknown _ -> false;
    };
  }

  private static Whereabouts placed(Whereabouts.Known place, Whereabouts.@Nullable Reason doubt) {
    return doubt == null ? place : new Whereabouts.Doubtful(place, doubt);
  }

  private static Whereabouts located(AddressRecord found, Whereabouts.@Nullable Reason doubt) {
    String written = found.countryCode();
    if (written == null || written.isEmpty()) {
      return new Whereabouts.Unknown(
          found.oddMember() == null ? Whereabouts.Reason.NOT_LISTED : Whereabouts.Reason.UNREADABLE,
          SOURCE);
    }
    Optional<String> code = country(written);
    if (code.isEmpty()) {
      return new Whereabouts.Unknown(Whereabouts.Reason.NOT_A_COUNTRY, SOURCE);
    }
    String subdivision = found.subdivisionCode();
    boolean part = subdivision != null && isSubdivision(subdivision);
    return placed(new Whereabouts.Known(code.get(), part ? subdivision : null, SOURCE), doubt);
  }

  /** Whether it is written as ISO 3166-2 writes what stands behind the country. */
  private static boolean isSubdivision(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < 'A' || c > 'Z') && (c < '0' || c > '9')) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= LONGEST_SUBDIVISION;
  }

  /** The canonical code for what a record has in place of one; empty when that is no country's. */
  private static Optional<String> country(String written) {
    String code = CountryCode.canonical(written.toUpperCase(Locale.ROOT));
    return CountryCode.isCountry(code) ? Optional.of(code) : Optional.empty();
  }

  private static List<Whereabouts> unknown(Whereabouts.Reason reason) {
    return List.of(new Whereabouts.Unknown(reason, SOURCE));
  }
}
