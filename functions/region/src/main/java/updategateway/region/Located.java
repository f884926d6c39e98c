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
 * @param address the client's own, unwrapped, by a trusted source; null when none reported one
 * @param ignoredHeaders how many headers claimed a place or an address without being trusted
 */
public record Located(List<Whereabouts> evidence, @Nullable IpAddress address, int ignoredHeaders) {
  /**
   * @throws IllegalArgumentException when there is no evidence, not even that there is none
   */
  public Located {
    evidence = List.copyOf(evidence);
    if (evidence.isEmpty()) {
      throw new IllegalArgumentException("some source must have been asked");
    }
  }

  /** By one source alone, with nothing ignored. */
  public static Located by(Whereabouts whereabouts) {
    return new Located(List.of(whereabouts), null, 0);
  }

  /** The places that can be relied on. */
  public List<Whereabouts.Known> known() {
    return all(Whereabouts.Known.class).toList();
  }

  /** The places that are named and cannot be relied on. */
  public List<Whereabouts.Doubtful> doubtful() {
    return all(Whereabouts.Doubtful.class).toList();
  }

  /** The same, and more that is said. */
  public Located with(Collection<? extends Whereabouts> more) {
    List<Whereabouts> all = new ArrayList<>(evidence);
    all.addAll(more);
    return new Located(all, address, ignoredHeaders);
  }

  /** Whether no source names a place that can be relied on. */
  public boolean isUnknown() {
    for (Whereabouts said : evidence) {
      if (said instanceof Whereabouts.Known) {
        return false;
      }
    }
    return true;
  }

  /** Every place that is named, relied on or not. */
  public List<Whereabouts.Known> named() {
    if (evidence.size() == 1 && evidence.getFirst() instanceof Whereabouts.Known only) {
      return List.of(only);
    }
    return Stream.concat(
            all(Whereabouts.Known.class),
            all(Whereabouts.Doubtful.class).map(Whereabouts.Doubtful::place))
        .toList();
  }

  /** Whether the request came by the way on which its evidence can be trusted. */
  public boolean isProven() {
    for (Whereabouts said : evidence) {
      if (said.trouble().orElse(null) == Whereabouts.Reason.UNPROVEN) {
        return false;
      }
    }
    return true;
  }

  /** Whether the address database has a record about the client that cannot be read in full. */
  public boolean hasUnreadableRecord() {
    for (Whereabouts said : evidence) {
      Whereabouts.Reason reason = said.trouble().orElse(null);
      if (reason == Whereabouts.Reason.UNREADABLE || reason == Whereabouts.Reason.ODD_RECORD) {
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
    List<Whereabouts.Known> claims =
        named().stream()
            .filter(known -> !known.source().equals(AddressDatabase.REPRESENTED))
            .toList();
    return claims.stream()
        .anyMatch(one -> claims.stream().anyMatch(other -> contradicts(one, other)));
  }

  private static boolean contradicts(Whereabouts.Known one, Whereabouts.Known other) {
    return !one.place().covers(other.place()) && !other.place().covers(one.place());
  }

  private <T extends Whereabouts> Stream<T> all(Class<T> kind) {
    return evidence.stream().filter(kind::isInstance).map(kind::cast);
  }
}
