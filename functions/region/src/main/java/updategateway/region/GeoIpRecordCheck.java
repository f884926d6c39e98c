package updategateway.region;

import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Network;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import updategateway.place.IpAddress;

/**
 * Check of the first records of an address database, when it is opened: some name a country, and
 * most can be read. A database of which no record can be read would leave every client's place
 * unknown.
 */
final class GeoIpRecordCheck {
  /** Among this many records one must name a country. */
  private static final int MAX_PROBED = 10_000;

  /** Of this many records more than half must be readable. */
  private static final int SAMPLE = 100;

  private final Reader reader;
  private final GeoIpRecordReader records;
  private int read;
  private int odd;
  private @Nullable String example;
  private boolean namesCountry;

  private GeoIpRecordCheck(Reader reader, GeoIpRecordReader records) {
    this.reader = reader;
    this.records = records;
  }

  /**
   * @throws UnusableDatabaseException if no record names a country, or most of the first cannot be
   *     read
   * @throws IOException if the file is broken
   */
  static void check(Reader reader, GeoIpRecordReader records) throws IOException {
    new GeoIpRecordCheck(reader, records).check();
  }

  private void check() throws IOException {
    Networks<?> networks;
    try {
      networks = reader.networks(GeoIpRecord.Nothing.class);
    } catch (InvalidNetworkException e) {
      throw new IOException(e);
    }
    while (networks.hasNext() && read < (namesCountry ? SAMPLE : MAX_PROBED)) {
      probe(networks);
      if (read == SAMPLE) {
        checkReadable();
      }
    }
    checkReadable();
    if (!namesCountry) {
      throw new UnusableDatabaseException(
          "has no countries in its records ("
              + reader.getMetadata().databaseType()
              + "): a database of countries has country_code, or country.iso_code, with the two"
              + " letters of ISO 3166-1");
    }
  }

  private void probe(Networks<?> networks) {
    read++;
    Network network;
    try {
      network = networks.next().network();
    } catch (RuntimeException e) {
      odd("one", "something other than a map");
      return;
    }
    IpAddress address = IpAddress.of(network.networkAddress().getAddress()).orElse(null);
    if (address == null) {
      return;
    }
    try {
      GeoIpRecord found = records.read(address);
      String member = found == null ? null : found.oddMember();
      if (member != null) {
        odd("that of " + network, member);
      }
      String code = found == null ? null : found.countryCode();
      namesCountry |= code != null && GeoIpDatabase.country(code).isPresent();
    } catch (IOException e) {
      odd("that of " + network, "a member that cannot be decoded");
    }
  }

  private void odd(String record, String member) {
    odd++;
    if (example == null) {
      example = record + " because of " + member;
    }
  }

  private void checkReadable() throws UnusableDatabaseException {
    if (2 * odd > read) {
      throw new UnusableDatabaseException(
          "has records that cannot be read ("
              + reader.getMetadata().databaseType()
              + "), "
              + odd
              + " of the first "
              + read
              + ", such as "
              + example
              + ": country_code is a text, country and represented_country a text or a map with"
              + " iso_code, subdivisions a list of these, traits and anonymizer a map, and a flag"
              + " true, false, 1, 0, yes or no");
    }
  }
}
