package updategateway.policy.decision;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.place.CidrBlock;
import updategateway.place.IpAddress;
import updategateway.place.Place;
import updategateway.policy.model.Correction;
import updategateway.policy.model.Correction.Target;
import updategateway.policy.model.LegalInstant;

/**
 * The corrections of a set by address block and by agent id. Immutable.
 *
 * <p>The address is proven, so its correction replaces what the edge and databases report; of
 * several blocks around it, the smallest whose correction is in force counts. The agent id is the
 * client's own claim, so its correction is one more piece of evidence and can only make a decision
 * stricter.
 */
final class CorrectionIndex {
  private final Map<CidrBlock, List<Correction>> byBlock = new HashMap<>();
  private final Map<String, List<Correction>> byAgent = new HashMap<>();

  /** The lengths of all prefixes, the longest first. */
  private final Set<Integer> prefixLengths = new TreeSet<>(Comparator.reverseOrder());

  CorrectionIndex(List<Correction> corrections) {
    for (Correction correction : corrections) {
      switch (correction.target()) {
        case Target.Addresses addresses -> {
          byBlock.computeIfAbsent(addresses.range(), _ -> new ArrayList<>()).add(correction);
          prefixLengths.add(addresses.range().prefixLength());
        }
        case Target.Agent agent ->
            byAgent.computeIfAbsent(agent.agentId(), _ -> new ArrayList<>()).add(correction);
      }
    }
  }

  boolean isEmpty() {
    return byBlock.isEmpty() && byAgent.isEmpty();
  }

  /** Returns all that match the client at some time; those of the smallest block first. */
  List<Correction> matching(Client client) {
    if (isEmpty()) {
      return List.of();
    }
    List<Correction> matching = new ArrayList<>();
    InetAddress address = client.address();
    if (address != null) {
      IpAddress ip = IpAddress.of(address.getAddress()).orElseThrow();
      for (int length : prefixLengths) {
        if (length <= ip.bits()) {
          matching.addAll(byBlock.getOrDefault(CidrBlock.of(ip, length), List.of()));
        }
      }
    }
    if (client.agentId() != null) {
      matching.addAll(byAgent.getOrDefault(client.agentId(), List.of()));
    }
    return List.copyOf(matching);
  }

  /**
   * Returns where a client is at an instant.
   *
   * @param matching the corrections that match the client, those of the smallest block first
   * @param located where the client is by all other evidence
   */
  static ResolvedLocation resolve(Instant time, List<Correction> matching, Location located) {
    List<Correction> inForce = new ArrayList<>(2);
    Location location = located;
    boolean byAddress = false;
    for (Correction correction : matching) {
      if (!correction.span().contains(time)) {
        continue;
      }
      switch (correction.target()) {
        case Target.Addresses _ -> {
          if (!byAddress) {
            byAddress = true;
            location = Location.in(correction.place());
            inForce.add(correction);
          }
        }
        case Target.Agent _ -> {
          location = location.claimed(correction.place());
          inForce.add(correction);
        }
      }
    }
    return new ResolvedLocation(location, inForce);
  }

  /** Returns when the first of some corrections after an instant begins or ends. */
  static @Nullable Instant nextDate(Instant after, List<Correction> corrections) {
    return corrections.stream()
        .flatMap(correction -> Stream.of(correction.span().from(), correction.span().until()))
        .filter(Objects::nonNull)
        .map(LegalInstant::instant)
        .filter(date -> date.isAfter(after))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Returns the places where a correction puts clients at an instant or later. */
  Set<Place> placesFrom(Instant time) {
    return Stream.of(byBlock, byAgent)
        .map(Map::values)
        .flatMap(Collection::stream)
        .flatMap(List::stream)
        .filter(correction ->
            correction.span().until() == null || time.isBefore(correction.span().until().instant()))
        .map(Correction::place)
        .collect(Collectors.toSet());
  }
}
