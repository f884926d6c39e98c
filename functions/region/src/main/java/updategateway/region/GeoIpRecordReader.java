package updategateway.region;

import com.maxmind.db.MaxMindDbConstructor;
import com.maxmind.db.MaxMindDbParameter;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.place.IpAddress;

/**
 * Reads records of an address database. A member that the library cannot decode, such as a text
 * that is not UTF-8, does not hide the country beside it. Safe for many threads.
 */
final class GeoIpRecordReader {
  private final Reader reader;

  GeoIpRecordReader(Reader reader) {
    this.reader = reader;
  }

  /**
   * Returns the record of an address; null when the database has none.
   *
   * @throws IOException if no country can be read from it, and it stands for none
   */
  @Nullable GeoIpRecord read(IpAddress address) throws IOException {
    if (!covers(address)) {
      return null;
    }
    InetAddress inet = address.inetAddress();
    GeoIpRecord.Decoded decoded;
    try {
      decoded = decode(inet, GeoIpRecord.Decoded.class);
    } catch (IOException e) {
      return readByMember(inet, e);
    }
    return decoded == null ? null : GeoIpRecord.of(decoded);
  }

  /** Whether the database has addresses of this kind. */
  boolean covers(IpAddress address) {
    return !address.ipv6() || reader.getMetadata().ipVersion() == 6;
  }

  private GeoIpRecord readByMember(InetAddress address, IOException whole) throws IOException {
    GeoIpRecord record =
        new GeoIpRecord(
            first(address, FlatCode.class),
            first(address, Country.class, CountryCode.class),
            first(address, Represented.class, RepresentedCode.class),
            first(address, Subdivisions.class, SubdivisionCodes.class),
            GeoIpRecord.Flags.NONE,
            true);
    if (record.countryCode() == null && record.representedCode() == null) {
      throw whole;
    }
    return record;
  }

  /** Returns the member as the first of the types that can be decoded. */
  @SafeVarargs
  private @Nullable Object first(InetAddress address, Class<? extends Member>... types) {
    for (Class<? extends Member> type : types) {
      try {
        Member member = decode(address, type);
        return member == null ? null : member.value();
      } catch (IOException e) {
        // The next one decodes less of it.
      }
    }
    return GeoIpRecord.UNDECODABLE;
  }

  /**
   * Returns what the library makes of the record; null where there is none.
   *
   * @throws IOException also for what the library throws unchecked at broken files
   */
  private <T> @Nullable T decode(InetAddress address, Class<T> type) throws IOException {
    try {
      return reader.get(address, type);
    } catch (RuntimeException | StackOverflowError | InternalError e) {
      // InternalError: a mapped file was cut off.
      throw new IOException(e);
    }
  }

  /** One member of a record, the only one that is decoded. */
  interface Member {
    @Nullable Object value();
  }

  public record FlatCode(@Nullable @MaxMindDbParameter(name = "country_code") Object value)
      implements Member {
    @MaxMindDbConstructor
    public FlatCode {}
  }

  public record Country(@Nullable @MaxMindDbParameter(name = "country") Object value)
      implements Member {
    @MaxMindDbConstructor
    public Country {}
  }

  public record CountryCode(
      @MaxMindDbParameter(name = "country") GeoIpRecord.@Nullable IsoCode value) implements Member {
    @MaxMindDbConstructor
    public CountryCode {}
  }

  public record Represented(
      @Nullable @MaxMindDbParameter(name = "represented_country") Object value) implements Member {
    @MaxMindDbConstructor
    public Represented {}
  }

  public record RepresentedCode(
      @MaxMindDbParameter(name = "represented_country") GeoIpRecord.@Nullable IsoCode value)
      implements Member {
    @MaxMindDbConstructor
    public RepresentedCode {}
  }

  public record Subdivisions(@Nullable @MaxMindDbParameter(name = "subdivisions") Object value)
      implements Member {
    @MaxMindDbConstructor
    public Subdivisions {}
  }

  public record SubdivisionCodes(
      @Nullable @MaxMindDbParameter(name = "subdivisions") List<GeoIpRecord.IsoCode> value)
      implements Member {
    @MaxMindDbConstructor
    public SubdivisionCodes {}
  }
}
