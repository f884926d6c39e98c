package updategateway.policy.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import updategateway.place.CidrBlock;
import updategateway.place.Place;
import updategateway.policy.model.Correction;
import updategateway.policy.model.Correction.Target;

/**
 * The corrections of a set, found by address and by agent id. Immutable.
 *
 * <p>The address is proven, so its correction takes the place of what the edge and databases say;
 * of several ranges around it, the smallest whose correction holds at the time. The agent id is the
 * client's own word, so its correction is one more piece of evidence beside the others, and can
 * only make an answer stricter.
 */
final class CorrectionIndex {
  private final CorrectedRanges ofIpv4;
  private final CorrectedRanges ofIpv6;
  private final Map<String, List<Correction>> byAgent = new HashMap<>();
  private final List<Correction> all;

  CorrectionIndex(List<Correction> corrections) {
    Map<CidrBlock, List<Correction>> byRange = new HashMap<>();
    for (Correction correction : corrections) {
      switch (correction.target()) {
        case Target.Addresses addresses ->
            byRange.computeIfAbsent(addresses.range(), _ -> new ArrayList<>()).add(correction);
        case Target.Agent agent ->
            byAgent.computeIfAbsent(agent.agentId(), _ -> new ArrayList<>()).add(correction);
      }
    }
    ofIpv4 = new CorrectedRanges(byRange, false);
    ofIpv6 = new CorrectedRanges(byRange, true);
    all = List.copyOf(corrections);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** All that are about the sender at some time: those of the smallest range first. */
  List<Correction> about(Client sender) {
    List<Correction> byAddress =
        sender.address() == null
            ? List.of()
            : (sender.isIpv6() ? ofIpv6 : ofIpv4).around(sender.high, sender.low);
    List<Correction> ofAgent = sender.agentId() == null ? null : byAgent.get(sender.agentId());
    if (ofAgent == null) {
      return byAddress;
    }
    List<Correction> about = new ArrayList<>(byAddress);
    about.addAll(ofAgent);
    return about;
  }

  /**
   * Where the sender is at an instant.
   *
   * @param about those that are about the sender
   * @param located where everybody else's evidence puts him
   */
  static ResolvedLocation at(Instant time, List<Correction> about, Location located) {
    List<Correction> holding = new ArrayList<>(2);
    Location location = located;
    boolean byAddress = false;
    for (Correction correction : about) {
      if (!correction.span().contains(time)) {
        continue;
      }
      switch (correction.target()) {
        case Target.Addresses _ -> {
          if (!byAddress) {
            byAddress = true;
            location = Location.in(correction.place());
            holding.add(correction);
          }
        }
        case Target.Agent _ -> {
          location = location.claimed(correction.place());
          holding.add(correction);
        }
      }
    }
    return new ResolvedLocation(location, holding);
  }

  /** The instants after this one at which one of them begins or ends, in order. */
  static List<Instant> boundariesAfter(Instant time, List<Correction> about) {
    TreeSet<Instant> boundaries = new TreeSet<>();
    for (Correction correction : about) {
      boundaries.add(correction.span().from().instant());
      if (correction.span().until() != null) {
        boundaries.add(correction.span().until().instant());
      }
    }
    return List.copyOf(boundaries.tailSet(time, false));
  }

  /** Where a correction puts somebody at this instant or later. */
  Set<Place> placesFrom(Instant time) {
    return all.stream()
        .filter(correction ->
            correction.span().until() != null && time.isBefore(correction.span().until().instant()))
        .map(Correction::place)
        .collect(Collectors.toSet());
  }
}
