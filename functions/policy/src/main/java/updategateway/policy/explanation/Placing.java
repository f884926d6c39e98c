package updategateway.policy.explanation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Request;
import updategateway.policy.decision.ResolvedLocation;
import updategateway.policy.model.Correction;
import updategateway.policy.model.Correction.Target;
import updategateway.policy.set.PolicySet;

/** Where corrections put whoever makes a request, read one by one. */
final class Placing {
  private Placing() {}

  static ResolvedLocation of(PolicySet set, Request request) {
    Optional<Correction> ofAddress =
        holding(set, request)
            .filter(correction -> isAround(correction, request))
            .max(Comparator.comparingInt(Placing::length));
    List<Correction> corrections = new ArrayList<>(ofAddress.stream().toList());
    Location location =
        ofAddress.map(correction -> Location.in(correction.place())).orElse(request.location());
    for (Correction correction : holding(set, request).toList()) {
      if (correction.target() instanceof Target.Agent agent
          && agent.agentId().equals(request.sender().agentId())) {
        location = location.claimed(correction.place());
        corrections.add(correction);
      }
    }
    return new ResolvedLocation(location, corrections);
  }

  private static Stream<Correction> holding(PolicySet set, Request request) {
    return set.corrections().stream()
        .filter(correction -> correction.span().contains(request.time()));
  }

  private static boolean isAround(Correction correction, Request request) {
    return correction.target() instanceof Target.Addresses addresses
        && request.sender().address() != null
        && addresses.range().contains(request.sender().address());
  }

  private static int length(Correction correction) {
    return correction.target() instanceof Target.Addresses addresses
        ? addresses.range().prefixLength()
        : -1;
  }

  /** Every instant at which a correction begins or ends. */
  static Stream<Instant> boundaries(PolicySet set) {
    return set.corrections().stream()
        .flatMap(correction -> Stream.of(correction.span().from(), correction.span().until()))
        .filter(Objects::nonNull)
        .map(time -> time.instant());
  }
}
