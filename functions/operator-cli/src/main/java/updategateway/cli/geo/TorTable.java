package updategateway.cli.geo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import updategateway.commandline.UsageException;
import updategateway.place.IpAddress;
import updategateway.place.Place;

/**
 * The Tor Project's table of countries, as its packages have it ({@code /usr/share/tor/geoip} and
 * {@code geoip6}): a line for each run of addresses, {@code FIRST,LAST,CC}, in order; IPv4 as
 * numbers, IPv6 as addresses.
 */
final class TorTable implements PlaceTable {
  private final String name;
  private final List<Run> runs = new ArrayList<>();

  private record Run(IpAddress first, IpAddress last, String code) {}

  /**
   * Reads files, of which each has its own addresses.
   *
   * @throws UsageException when one cannot be read, or a line is no run
   */
  TorTable(List<Path> files) throws UsageException {
    this.name = String.join(" and ", files.stream().map(Path::toString).toList());
    for (Path file : files) {
      read(file);
    }
    runs.sort((one, other) -> compare(one.first(), other.first()));
  }

  private void read(Path file) throws UsageException {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isEmpty() && !line.startsWith("#")) {
          runs.add(run(file, number, line));
        }
      }
    } catch (IOException e) {
      throw new UsageException(
          "The table " + file + " cannot be read; name a .mmdb file, or geoip or geoip6 of Tor.");
    }
  }

  private static Run run(Path file, int number, String line) throws UsageException {
    String[] parts = line.split(",", -1);
    if (parts.length == 3) {
      Optional<IpAddress> first = address(parts[0]);
      Optional<IpAddress> last = address(parts[1]);
      if (first.isPresent() && last.isPresent()) {
        return new Run(first.get(), last.get(), parts[2]);
      }
    }
    throw new UsageException(
        file + ":" + number + ": is not FIRST,LAST,CC as in the Tor Project's geoip or geoip6");
  }

  private static Optional<IpAddress> address(String text) {
    if (text.indexOf(':') >= 0) {
      return IpAddress.parse(text);
    }
    try {
      return Optional.of(IpAddress.ipv4(Long.parseLong(text)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Place> places(IpAddress address) {
    int low = 0;
    int high = runs.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Run run = runs.get(middle);
      if (compare(address, run.first()) < 0) {
        high = middle - 1;
      } else if (compare(address, run.last()) > 0) {
        low = middle + 1;
      } else {
        return place(run.code());
      }
    }
    return List.of();
  }

  private static List<Place> place(String code) {
    try {
      return List.of(Place.parse(code.equals("UK") ? "GB" : code));
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  @Override
  public Prefixes prefixes() {
    Prefixes prefixes = new Prefixes();
    for (Run run : runs) {
      if (run.first().ipv6()) {
        prefixes.add(run.first().high(), run.last().high());
      }
    }
    return prefixes;
  }

  private static int compare(IpAddress one, IpAddress other) {
    if (one.ipv6() != other.ipv6()) {
      return one.ipv6() ? 1 : -1;
    }
    int high = Long.compareUnsigned(one.high(), other.high());
    return high != 0 ? high : Long.compareUnsigned(one.low(), other.low());
  }
}
