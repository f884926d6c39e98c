package updategateway.cli.geo;

import java.util.List;
import updategateway.place.IpAddress;
import updategateway.place.Place;

/** Places of addresses, by somebody. */
interface PlaceTable {
  /** What it is called in a report. */
  String name();

  /** Every place that it names for an address, relied on or not; none when it knows none. */
  List<Place> places(IpAddress address);

  /** The networks of IPv6 that it has something about, by their first 48 bits. */
  Prefixes prefixes();
}
