package updategateway.region;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import updategateway.place.IpAddress;

/**
 * Finds where a client is: asks every source that is trusted with it, and nobody else. Safe for
 * many threads.
 */
public final class ClientLocator {
  private final LocationSource trust;
  private final @Nullable GeoIpDatabase database;

  /**
   * @param trust who is trusted
   * @param database places of addresses; null for none
   * @throws IllegalArgumentException when an address is the only evidence, and there is no database
   */
  public ClientLocator(LocationSource trust, @Nullable GeoIpDatabase database) {
    if (database == null && !(trust instanceof LocationSource.Edge)) {
      throw new IllegalArgumentException("addresses say nothing without a database of addresses");
    }
    this.trust = trust;
    this.database = database;
  }

  /** All that can be said of one request. */
  public LocationReport locate(RequestOrigin origin) {
    if (trust instanceof LocationSource.Edge edge) {
      return byEdge(origin, provesEdge(origin, edge));
    }
    if (trust instanceof LocationSource.SourceAddress) {
      String source = origin.sourceAddress();
      return byAddress(origin, source, source == null ? Optional.empty() : IpAddress.parse(source));
    }
    int hops = ((LocationSource.LoadBalancer) trust).hops();
    String header = origin.header(ForwardedFor.HEADER).orElse(null);
    return byAddress(
        origin, header, header == null ? Optional.empty() : ForwardedFor.client(header, hops));
  }

  private static boolean provesEdge(RequestOrigin origin, LocationSource.Edge edge) {
    return edge.proof()
        .verify(origin.signed(), origin.header(EdgeHeaders.EDGE_SECRET).orElse(null));
  }

  private LocationReport byEdge(RequestOrigin origin, boolean proven) {
    List<LocationEvidence> evidence = new ArrayList<>();
    evidence.add(
        EdgeHeaders.read(
            proven,
            origin.header(EdgeHeaders.VIEWER_COUNTRY).orElse(null),
            origin.header(EdgeHeaders.VIEWER_COUNTRY_REGION).orElse(null)));
    IpAddress address = null;
    if (proven) {
      String header = origin.header(EdgeHeaders.VIEWER_ADDRESS).orElse(null);
      Optional<IpAddress> viewer =
          header == null ? Optional.empty() : EdgeHeaders.viewerAddress(header);
      address = viewer.map(IpAddress::embeddedIpv4OrSelf).orElse(null);
      if (database != null) {
        evidence.addAll(lookup(database, header, address));
      }
    }
    return new LocationReport(evidence, address, UntrustedGeoHeaders.count(origin, trust, proven));
  }

  private LocationReport byAddress(
      RequestOrigin origin, @Nullable String text, Optional<IpAddress> parsed) {
    IpAddress address = parsed.map(IpAddress::embeddedIpv4OrSelf).orElse(null);
    GeoIpDatabase places = database;
    if (places == null) {
      throw new IllegalStateException("the constructor took no database");
    }
    return new LocationReport(
        lookup(places, text, address), address, UntrustedGeoHeaders.count(origin, trust, false));
  }

  private static List<LocationEvidence> lookup(
      GeoIpDatabase database, @Nullable String text, @Nullable IpAddress address) {
    if (address != null) {
      return database.lookup(address);
    }
    return List.of(
        new LocationEvidence.Absent(
            text == null || text.isEmpty()
                ? LocationEvidence.Reason.NO_ADDRESS
                : LocationEvidence.Reason.MALFORMED_ADDRESS,
            GeoIpDatabase.SOURCE));
  }
}
