package updategateway.policy.diff;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import updategateway.policy.catalog.Classification;
import updategateway.policy.decision.Client;
import updategateway.policy.decision.DecisionInterval;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.RefusalReason;
import updategateway.policy.decision.Request;
import updategateway.policy.model.Permit;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;
import updategateway.policy.set.PolicySet;

/** The intervals of time in which the outcomes of two policy sets differ, with their reasons. */
final class OutcomeChanges {
  private final Evaluator old;
  private final Evaluator now;
  private final Map<String, Policy> oldPolicies;
  private final Map<String, Policy> newPolicies;

  OutcomeChanges(PolicySet before, PolicySet after) {
    this.old = Evaluator.of(before);
    this.now = Evaluator.of(after);
    this.oldPolicies = byId(before);
    this.newPolicies = byId(after);
  }

  /** Returns the policies of a set by their ids. */
  static Map<String, Policy> byId(PolicySet set) {
    Map<String, Policy> policies = new HashMap<>();
    set.policies().forEach(policy -> policies.put(policy.id(), policy));
    return policies;
  }

  /**
   * Returns the changes for one client and one question to each set, by time; adjacent intervals
   * with the same pair of outcomes are one change.
   */
  List<OutcomeChange> of(
      ClientGroup client, Classification askedBefore, Classification askedAfter, Client sender) {
    List<DecisionInterval> before = timeline(old, askedBefore, client, sender);
    List<DecisionInterval> after = timeline(now, askedAfter, client, sender);
    List<OutcomeChange> differences = new ArrayList<>();
    int b = 0;
    int a = 0;
    Instant from = Instant.MIN;
    while (true) {
      Instant nextBefore = b + 1 < before.size() ? before.get(b + 1).from() : null;
      Instant nextAfter = a + 1 < after.size() ? after.get(a + 1).from() : null;
      Instant until = earlier(nextBefore, nextAfter);
      Outcome was = before.get(b).decision().outcome();
      Outcome becomes = after.get(a).decision().outcome();
      if (was != becomes) {
        boolean opens = becomes.compareTo(was) < 0;
        List<RefusalReason> grounds = (opens ? before.get(b) : after.get(a)).decision().reasons();
        add(
            differences,
            new OutcomeDelta(from, until, was, becomes),
            bases(
                grounds,
                opens ? newPolicies : oldPolicies,
                opens ? askedAfter : askedBefore,
                from));
      }
      if (until == null) {
        return differences;
      }
      b += until.equals(nextBefore) ? 1 : 0;
      a += until.equals(nextAfter) ? 1 : 0;
      from = until;
    }
  }

  private static List<DecisionInterval> timeline(
      Evaluator set, Classification asked, ClientGroup client, Client sender) {
    return set.timeline(
        new Request(
            Instant.MIN,
            asked.product(),
            asked.activity(),
            client.location(),
            client.registrations(),
            sender));
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  private static void add(List<OutcomeChange> differences, OutcomeDelta next, List<Cause> bases) {
    OutcomeChange last = differences.isEmpty() ? null : differences.getLast();
    if (last == null
        || !Objects.equals(last.difference().until(), next.from())
        || last.difference().before() != next.before()
        || last.difference().after() != next.after()) {
      differences.add(new OutcomeChange(next, bases));
      return;
    }
    Set<Cause> both = new LinkedHashSet<>(last.bases());
    both.addAll(bases);
    differences.removeLast();
    differences.add(
        new OutcomeChange(
            new OutcomeDelta(last.difference().from(), next.until(), next.before(), next.after()),
            List.copyOf(both)));
  }

  private static List<Cause> bases(
      Collection<RefusalReason> grounds,
      Map<String, Policy> milder,
      Classification asked,
      Instant from) {
    List<Cause> bases = new ArrayList<>();
    for (RefusalReason ground : grounds) {
      bases.add(
          new Cause(
              ground.policy(),
              ground.phase(),
              lifting(milder.get(ground.policy().id()), asked, from)));
    }
    return List.copyOf(bases);
  }

  /** The permit that lifts a policy at an instant at which it would refuse otherwise. */
  private static @Nullable Permit lifting(
      @Nullable Policy policy, Classification asked, Instant at) {
    if (policy == null || at.equals(Instant.MIN)) {
      return null;
    }
    boolean refused =
        policy.phases().stream()
            .filter(phase -> phase.refuses().contains(asked.activity()))
            .map(Phase::span)
            .anyMatch(span -> span.contains(at));
    return policy.permits().stream()
        .filter(permit -> refused && permit.span().contains(at))
        .filter(permit -> permit.matter().matches(asked.product(), asked.activity()))
        .findFirst()
        .orElse(null);
  }
}
