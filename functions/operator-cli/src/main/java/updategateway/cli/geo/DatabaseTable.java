package updategateway.cli.geo;

import java.util.List;
import updategateway.place.IpAddress;
import updategateway.place.Place;
import updategateway.region.GeoIpDatabase;
import updategateway.region.LocationEvidence;
import updategateway.region.LocationReport;

/** A database in the MaxMind DB format, read as the gateway reads it. */
record DatabaseTable(GeoIpDatabase database) implements PlaceTable {
  @Override
  public String name() {
    return database.type() + " of " + database.builtAt().toString().substring(0, 10);
  }

  @Override
  public List<Place> places(IpAddress address) {
    return new LocationReport(database.lookup(address), address, 0)
        .allPlaces().stream().map(LocationEvidence.Trusted::place).toList();
  }

  @Override
  public Prefixes prefixes() {
    Prefixes prefixes = new Prefixes();
    database.networks((first, length) -> {
      if (first.ipv6()) {
        long size = length >= 64 ? 1 : 1L << (64 - length);
        prefixes.add(first.high(), first.high() + size - 1);
      }
    });
    return prefixes;
  }
}
