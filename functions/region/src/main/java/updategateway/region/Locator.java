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
public final class Locator {
  private final Trust trust;
  private final @Nullable AddressDatabase database;

  /**
   * @param trust who is trusted
   * @param database places of addresses; null for none
   * @throws IllegalArgumentException when an address is the only evidence, and there is no database
   */
  public Locator(Trust trust, @Nullable AddressDatabase database) {
    if (database == null && !(trust instanceof Trust.Edge)) {
      throw new IllegalArgumentException("addresses say nothing without a database of addresses");
    }
    this.trust = trust;
    this.database = database;
  }

  /** All that can be said of one request. */
  public Located locate(Arrival arrival) {
    if (trust instanceof Trust.Edge edge) {
      return byEdge(arrival, provesEdge(arrival, edge));
    }
    if (trust instanceof Trust.SourceAddress) {
      String source = arrival.sourceAddress();
      return byAddress(
          arrival, source, source == null ? Optional.empty() : IpAddress.parse(source));
    }
    int hops = ((Trust.LoadBalancer) trust).hops();
    String header = arrival.header(ForwardedFor.HEADER).orElse(null);
    return byAddress(
        arrival, header, header == null ? Optional.empty() : ForwardedFor.client(header, hops));
  }

  private static boolean provesEdge(Arrival arrival, Trust.Edge edge) {
    return edge.proof()
        .holds(arrival.signed(), arrival.header(EdgeHeaders.EDGE_SECRET).orElse(null));
  }

  private Located byEdge(Arrival arrival, boolean proven) {
    List<Whereabouts> evidence = new ArrayList<>();
    evidence.add(
        EdgeHeaders.read(
            proven,
            arrival.header(EdgeHeaders.VIEWER_COUNTRY).orElse(null),
            arrival.header(EdgeHeaders.VIEWER_COUNTRY_REGION).orElse(null)));
    IpAddress address = null;
    if (proven) {
      String header = arrival.header(EdgeHeaders.VIEWER_ADDRESS).orElse(null);
      Optional<IpAddress> viewer =
          header == null ? Optional.empty() : EdgeHeaders.viewerAddress(header);
      address = viewer.map(IpAddress::unwrapped).orElse(null);
      if (database != null) {
        evidence.addAll(find(database, header, address));
      }
    }
    return new Located(evidence, address, ForeignHeaders.count(arrival, trust, proven));
  }

  private Located byAddress(Arrival arrival, @Nullable String text, Optional<IpAddress> parsed) {
    IpAddress address = parsed.map(IpAddress::unwrapped).orElse(null);
    AddressDatabase places = database;
    if (places == null) {
      throw new IllegalStateException("the constructor took no database");
    }
    return new Located(
        find(places, text, address), address, ForeignHeaders.count(arrival, trust, false));
  }

  private static List<Whereabouts> find(
      AddressDatabase database, @Nullable String text, @Nullable IpAddress address) {
    if (address != null) {
      return database.find(address);
    }
    return List.of(
        new Whereabouts.Unknown(
            text == null || text.isEmpty()
                ? Whereabouts.Reason.NO_ADDRESS
                : Whereabouts.Reason.MALFORMED_ADDRESS,
            AddressDatabase.SOURCE));
  }
}
