package updategateway.region;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.place.IpAddress;

/**
 * All that trusted sources say of where a request comes from. Every place that one of them names
 * counts, so that the strictest decides; one that has no answer is silent, unless none has.
 *
 * @param evidence what each source says, in the order in which they were asked; at least one
 * @param address the client's own, IPv4 if it carries one, by a trusted source; null when none
 *     reported one
 * @param ignoredHeaders how many headers claimed a place or an address without being trusted
 */
public record LocationReport(
    List<LocationEvidence> evidence, @Nullable IpAddress address, int ignoredHeaders) {
  /**
   * @throws IllegalArgumentException when there is no evidence, not even that there is none
   */
  public LocationReport {
    evidence = List.copyOf(evidence);
    if (evidence.isEmpty()) {
      throw new IllegalArgumentException("some source must have been asked");
    }
  }

  /** By one source alone, with nothing ignored. */
  public static LocationReport of(LocationEvidence evidence) {
    return new LocationReport(List.of(evidence), null, 0);
  }

  /** Returns the places that can be relied on. */
  public List<LocationEvidence.Trusted> known() {
    return all(LocationEvidence.Trusted.class);
  }

  /** Returns the places that are named and cannot be relied on. */
  public List<LocationEvidence.Untrusted> untrusted() {
    return all(LocationEvidence.Untrusted.class);
  }

  /** The same, and more that is said. */
  public LocationReport with(Collection<? extends LocationEvidence> more) {
    List<LocationEvidence> all = new ArrayList<>(evidence);
    all.addAll(more);
    return new LocationReport(all, address, ignoredHeaders);
  }

  /** Whether no source names a place that can be relied on. */
  public boolean isUnknown() {
    for (LocationEvidence said : evidence) {
      if (said instanceof LocationEvidence.Trusted) {
        return false;
      }
    }
    return true;
  }

  /** Every place that is named, relied on or not. */
  public List<LocationEvidence.Trusted> allPlaces() {
    if (evidence.size() == 1 && evidence.getFirst() instanceof LocationEvidence.Trusted only) {
      return List.of(only);
    }
    return Stream.concat(
            known().stream(), untrusted().stream().map(LocationEvidence.Untrusted::place))
        .toList();
  }

  /** Whether the request came by the way on which its evidence can be trusted. */
  public boolean isProven() {
    for (LocationEvidence said : evidence) {
      if (said.uncertainty().orElse(null) == LocationEvidence.Reason.UNPROVEN) {
        return false;
      }
    }
    return true;
  }

  /** Whether the address database has a record about the client that cannot be read in full. */
  public boolean hasUnreadableRecord() {
    for (LocationEvidence said : evidence) {
      LocationEvidence.Reason reason = said.uncertainty().orElse(null);
      if (reason == LocationEvidence.Reason.UNREADABLE
          || reason == LocationEvidence.Reason.ODD_RECORD) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether sources disagree: one names a country, or a part of it, that another contradicts. That
   * an address stands for another country than the one it is in is no disagreement.
   */
  public boolean isConflicting() {
    if (evidence.size() == 1) {
      return false;
    }
    List<LocationEvidence.Trusted> claims =
        allPlaces().stream()
            .filter(known -> !known.source().equals(GeoIpDatabase.REPRESENTED))
            .toList();
    return claims.stream()
        .anyMatch(one -> claims.stream().anyMatch(other -> contradicts(one, other)));
  }

  private static boolean contradicts(LocationEvidence.Trusted one, LocationEvidence.Trusted other) {
    return !one.place().covers(other.place()) && !other.place().covers(one.place());
  }

  private <T extends LocationEvidence> List<T> all(Class<T> kind) {
    List<T> found = new ArrayList<>(evidence.size());
    for (LocationEvidence piece : evidence) {
      if (kind.isInstance(piece)) {
        found.add(kind.cast(piece));
      }
    }
    return found;
  }
}
