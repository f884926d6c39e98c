package updategateway.policy.plan;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.policy.Activity;
import updategateway.policy.Policy;
import updategateway.policy.Product;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.catalog.Classification;
import updategateway.policy.decision.CompiledPolicySet;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.Stretch;
import updategateway.policy.set.PolicySet;

/**
 * What would change if a policy set were put in force: for every kind of client, product and
 * activity that either set tells apart, and over all of time.
 *
 * @param before the set in force; null when there is none, and so nothing is served
 * @param after the set to put in force
 * @param policies which policies come, go or are written otherwise
 * @param statements what changes, in the order of time; against no set at all, what is not served
 */
public record Plan(
    @Nullable PolicySet before,
    PolicySet after,
    List<PolicyEdit> policies,
    List<Statement> statements) {
  public Plan {
    policies = List.copyOf(policies);
    statements = List.copyOf(statements);
  }

  /** Compares two sets; null for the first when none is in force. */
  public static Plan of(@Nullable PolicySet before, PolicySet after) {
    PolicySet base = before == null ? PolicySet.of(new Catalog(List.of()), List.of()) : before;
    return new Plan(before, after, edits(base, after), statements(base, after));
  }

  /** Whether the two sets are the same. */
  public boolean isEmpty() {
    return before != null && before.digest().equals(after.digest());
  }

  /** How a policy differs between the sets. */
  public enum Edit {
    ADDED,
    REMOVED,
    CHANGED
  }

  /**
   * One policy that is not the same in both sets.
   *
   * @param id its id
   * @param edit how it differs
   */
  public record PolicyEdit(String id, Edit edit) {}

  private static List<PolicyEdit> edits(PolicySet before, PolicySet after) {
    Map<String, Policy> old = byId(before);
    Map<String, Policy> now = byId(after);
    Set<String> ids = new TreeSet<>(old.keySet());
    ids.addAll(now.keySet());
    return ids.stream()
        .filter(id -> !Objects.equals(old.get(id), now.get(id)))
        .map(id ->
            new PolicyEdit(
                id,
                !old.containsKey(id)
                    ? Edit.ADDED
                    : !now.containsKey(id) ? Edit.REMOVED : Edit.CHANGED))
        .toList();
  }

  private static Map<String, Policy> byId(PolicySet set) {
    Map<String, Policy> policies = new LinkedHashMap<>();
    set.policies().forEach(policy -> policies.put(policy.id(), policy));
    return policies;
  }

  private static List<Statement> statements(PolicySet before, PolicySet after) {
    CompiledPolicySet old = CompiledPolicySet.of(before);
    CompiledPolicySet now = CompiledPolicySet.of(after);
    Vocabulary vocabulary = new Vocabulary(List.of(before, after));
    Map<Concerned, List<Client>> clients = new LinkedHashMap<>();
    for (Client client : vocabulary.clients()) {
      for (Concerned concerned : concerned(client, vocabulary, old, now)) {
        clients.computeIfAbsent(concerned, _ -> new ArrayList<>()).add(client);
      }
    }
    return clients.entrySet().stream()
        .map(e ->
            new Statement(
                e.getValue(),
                e.getKey().products(),
                e.getKey().activities(),
                e.getKey().difference()))
        .sorted(comparing(s -> s.difference().from()))
        .toList();
  }

  /**
   * What differs for one client: activities gathered by product, then products with the same
   * activities together.
   */
  private static List<Concerned> concerned(
      Client client, Vocabulary vocabulary, CompiledPolicySet old, CompiledPolicySet now) {
    Map<Difference, Map<Product, Set<Activity>>> byDifference = new LinkedHashMap<>();
    for (Product product : vocabulary.products()) {
      for (Activity activity : vocabulary.activities()) {
        for (Difference difference :
            differences(client, new Classification(product, activity), old, now)) {
          byDifference
              .computeIfAbsent(difference, _ -> new LinkedHashMap<>())
              .computeIfAbsent(product, _ -> new LinkedHashSet<>())
              .add(activity);
        }
      }
    }
    List<Concerned> all = new ArrayList<>();
    byDifference.forEach((difference, activitiesByProduct) -> {
      Map<Set<Activity>, List<Product>> products = new LinkedHashMap<>();
      activitiesByProduct.forEach((product, activities) ->
          products.computeIfAbsent(activities, _ -> new ArrayList<>()).add(product));
      products.forEach((activities, named) ->
          all.add(new Concerned(List.copyOf(named), List.copyOf(activities), difference)));
    });
    return all;
  }

  private record Concerned(
      List<Product> products, List<Activity> activities, Difference difference) {}

  /**
   * The stretches of time in which the outcomes differ; neighbours with the same pair of outcomes
   * are one.
   */
  static List<Difference> differences(
      Client client, Classification asked, CompiledPolicySet old, CompiledPolicySet now) {
    List<Stretch> before = old.stretches(asked, client.location(), client.registrations());
    List<Stretch> after = now.stretches(asked, client.location(), client.registrations());
    List<Instant> starts =
        Stream.concat(before.stream(), after.stream())
            .map(Stretch::from)
            .distinct()
            .sorted()
            .toList();
    List<Difference> differences = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      Instant from = starts.get(i);
      Instant until = i + 1 < starts.size() ? starts.get(i + 1) : null;
      Outcome was = outcomeAt(before, from);
      Outcome becomes = outcomeAt(after, from);
      if (was == becomes) {
        continue;
      }
      Difference last = differences.isEmpty() ? null : differences.getLast();
      if (last != null
          && Objects.equals(last.until(), from)
          && last.before() == was
          && last.after() == becomes) {
        differences.removeLast();
        differences.add(new Difference(last.from(), until, was, becomes));
      } else {
        differences.add(new Difference(from, until, was, becomes));
      }
    }
    return differences;
  }

  private static Outcome outcomeAt(List<Stretch> stretches, Instant instant) {
    return stretches.stream()
        .filter(stretch -> !stretch.from().isAfter(instant))
        .reduce((_, later) -> later)
        .orElseThrow()
        .decision()
        .outcome();
  }
}
