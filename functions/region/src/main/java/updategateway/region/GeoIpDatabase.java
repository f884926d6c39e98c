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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import updategateway.place.IpAddress;
import updategateway.place.Place;
import updategateway.place.SpecialPurposeBlocks;

/**
 * Places of addresses, from a file in the MaxMind DB format, which is copied into memory or, if it
 * is large for the heap, mapped: the file must not be changed in place. Safe for many threads.
 *
 * <p>Any file will do that has a {@code country_code} in its records, or a {@code country} as
 * GeoIP2 and GeoLite2 have it.
 */
public final class GeoIpDatabase {
  /** The name of this source of evidence. */
  public static final String SOURCE = "address-database";

  /**
   * The name of what the database says of networks that stand for another country, such as military
   * bases abroad.
   */
  public static final String REPRESENTED = "address-database-represented-country";

  /** Seconds since 1970 of the next thousand years. */
  private static final int BITS_OF_A_TIME = 35;

  /** A file that is larger than this part of the heap is not copied into it. */
  private static final int HEAP_SHARE = 8;

  private static final Duration SLOWEST_CLOCK = Duration.ofDays(1);

  private final Reader reader;
  private final GeoIpRecordReader records;
  private final Instant builtAt;

  private GeoIpDatabase(Reader reader, GeoIpRecordReader records, Instant builtAt) {
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
  public static GeoIpDatabase open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("is no file: name a database in the MaxMind DB format (.mmdb)");
    }
    try {
      Reader reader = new Reader(file.toFile(), mode(Files.size(file)), new CHMCache());
      GeoIpRecordReader records = new GeoIpRecordReader(reader);
      GeoIpRecordCheck.check(reader, records);
      return new GeoIpDatabase(reader, records, buildTime(reader));
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
    return age.compareTo(maxAge) > 0 || isFromFuture(now);
  }

  /** Whether it was made at a time that has not come, by a clock that may be a day slow. */
  public boolean isFromFuture(Instant now) {
    return Duration.between(now, builtAt).compareTo(SLOWEST_CLOCK) > 0;
  }

  /**
   * Where an address is: one piece of evidence or, where its network stands for another country,
   * two. Standing for a country places nobody; it can only make an answer stricter. What is in a
   * block of special purpose is nowhere, whatever the database says.
   *
   * @param address as it came; what it carries inside is read through
   */
  public List<LocationEvidence> lookup(IpAddress address) {
    IpAddress inner = address.embeddedIpv4OrSelf();
    if (SpecialPurposeBlocks.containing(inner).isPresent()) {
      return unknown(LocationEvidence.Reason.SPECIAL_PURPOSE);
    }
    try {
      GeoIpRecord found = records.read(inner);
      return found == null ? unknown(LocationEvidence.Reason.NOT_LISTED) : evidence(found);
    } catch (IOException e) {
      return unknown(LocationEvidence.Reason.UNREADABLE);
    }
  }

  /**
   * The network by which the database answers for an address; empty when it has none of its kind.
   */
  public Optional<String> network(IpAddress address) {
    IpAddress inner = address.embeddedIpv4OrSelf();
    try {
      if (!records.covers(inner)) {
        return Optional.empty();
      }
      Network network = reader.getRecord(inner.inetAddress(), GeoIpRecord.Nothing.class).network();
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
      networks = reader.networks(false, GeoIpRecord.Nothing.class);
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

  private static List<LocationEvidence> evidence(GeoIpRecord found) {
    String code = found.representedCode();
    Optional<String> stands = code == null ? Optional.empty() : country(code);
    LocationEvidence.@Nullable Reason doubt =
        code != null && stands.isEmpty()
            ? LocationEvidence.Reason.STANDS_FOR_NO_COUNTRY
            : found.doubt();
    List<LocationEvidence> all = new ArrayList<>(located(found, doubt));
    second(found, doubt).ifPresent(all::add);
    stands.ifPresent(country ->
        all.add(
            new LocationEvidence.Untrusted(
                new LocationEvidence.Trusted(country, null, REPRESENTED),
                LocationEvidence.Reason.STANDS_FOR)));
    return List.copyOf(all);
  }

  /** A record that names two countries contradicts itself, as two sources would. */
  private static Optional<LocationEvidence> second(
      GeoIpRecord found, LocationEvidence.@Nullable Reason doubt) {
    String first = found.countryCode();
    String second = found.secondCountryCode();
    Optional<String> code = second == null ? Optional.empty() : country(second);
    return code.filter(country -> first == null || !code.equals(country(first)))
        .map(country -> placed(new LocationEvidence.Trusted(country, null, SOURCE), doubt));
  }

  private static LocationEvidence placed(
      LocationEvidence.Trusted place, LocationEvidence.@Nullable Reason doubt) {
    return doubt == null ? place : new LocationEvidence.Untrusted(place, doubt);
  }

  private static List<LocationEvidence> located(
      GeoIpRecord found, LocationEvidence.@Nullable Reason doubt) {
    String written = found.countryCode();
    if (written == null || written.isEmpty()) {
      return unknown(
          found.oddMember() == null
              ? LocationEvidence.Reason.NOT_LISTED
              : LocationEvidence.Reason.UNREADABLE);
    }
    Optional<String> code = country(written);
    if (code.isEmpty()) {
      return unknown(LocationEvidence.Reason.NOT_A_COUNTRY);
    }
    return parts(code.get(), found.subdivisionCodes()).stream()
        .map(said -> said instanceof LocationEvidence.Trusted known ? placed(known, doubt) : said)
        .toList();
  }

  /**
   * Returns where a country and its subdivisions are: in the smallest of them, or, if they
   * contradict each other, somewhere in the country and perhaps in any of them.
   */
  private static List<LocationEvidence> parts(String country, List<String> codes) {
    Set<Place> places = new LinkedHashSet<>();
    String unassigned = null;
    for (String code : codes) {
      Optional<Place> place = Place.find(country, code);
      place.ifPresent(places::add);
      if (place.isEmpty() && !code.isEmpty()) {
        unassigned = code;
      }
    }
    List<Place> smallest =
        places.stream()
            .filter(place -> places.stream().noneMatch(other -> other.isPartOf(place)))
            .toList();
    LocationEvidence.Trusted known =
        smallest.size() == 1
            ? LocationEvidence.Trusted.of(smallest.getFirst(), SOURCE)
            : new LocationEvidence.Trusted(country, null, SOURCE);
    List<LocationEvidence> all = new ArrayList<>();
    all.add(unassigned == null ? known : known.beside(unassigned));
    if (smallest.size() > 1) {
      smallest.forEach(place ->
          all.add(
              new LocationEvidence.Untrusted(
                  LocationEvidence.Trusted.of(place, SOURCE),
                  LocationEvidence.Reason.SEVERAL_SUBDIVISIONS)));
    }
    return all;
  }

  /** The canonical code for what a record has in place of one; empty when that is no country's. */
  static Optional<String> country(String written) {
    String code = CountryCode.canonical(written.toUpperCase(Locale.ROOT));
    return CountryCode.isCountry(code) ? Optional.of(code) : Optional.empty();
  }

  private static List<LocationEvidence> unknown(LocationEvidence.Reason reason) {
    return List.of(new LocationEvidence.Absent(reason, SOURCE));
  }
}
