package updategateway.policy.diff;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.place.Place;
import updategateway.policy.catalog.Classification;
import updategateway.policy.decision.Client;
import updategateway.policy.decision.DecisionInterval;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.RefusalReason;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.Request;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Permit;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;
import updategateway.policy.model.Product;
import updategateway.policy.model.Scope;
import updategateway.policy.set.PolicySet;

/** Two policy sets beside each other: where and when their outcomes differ. */
final class Comparison {
  private final Evaluator old;
  private final Evaluator now;
  private final Vocabulary vocabulary;
  private final Map<String, Policy> oldPolicies;
  private final Map<String, Policy> newPolicies;

  /** The policies of either set that are not in the other as they are. */
  private final List<Policy> edited;

  Comparison(PolicySet before, PolicySet after) {
    this.old = Evaluator.of(before);
    this.now = Evaluator.of(after);
    this.vocabulary = Vocabulary.of(List.of(before, after));
    this.oldPolicies = byId(before);
    this.newPolicies = byId(after);
    this.edited =
        Stream.concat(
                before.policies().stream()
                    .filter(policy -> !policy.equals(newPolicies.get(policy.id()))),
                after.policies().stream()
                    .filter(policy -> !policy.equals(oldPolicies.get(policy.id()))))
            .toList();
  }

  private static Map<String, Policy> byId(PolicySet set) {
    Map<String, Policy> policies = new HashMap<>();
    set.policies().forEach(policy -> policies.put(policy.id(), policy));
    return policies;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  /** What differs for the same question, whatever path leads to it. */
  List<Statement> ofPolicies() {
    Set<String> countries =
        edited.stream()
            .map(Policy::scope)
            .flatMap(scope -> places(scope))
            .map(place -> place.largest().code())
            .collect(toUnmodifiableSet());
    List<Asked> cells = new ArrayList<>();
    for (Activity activity : vocabulary.activities()) {
      List<Policy> refusing =
          edited.stream()
              .filter(policy ->
                  policy.phases().stream().anyMatch(phase -> phase.refuses().contains(activity)))
              .toList();
      for (Product product : productsAndOther()) {
        if (refusing.stream().anyMatch(policy -> policy.products().contains(product))) {
          Classification asked = new Classification(product, activity);
          cells.add(new Asked(product, activity, asked, asked));
        }
      }
    }
    List<ClientGroup> clients =
        vocabulary.clients().stream().filter(client -> concerns(client, countries)).toList();
    return statements(clients, cells, Client.UNKNOWN);
  }

  /**
   * What differs for somebody whom corrections are about, by where all other evidence puts him. An
   * account counts beside, and corrections do not move it: it is in no such statement.
   */
  List<Statement> ofSender(Client sender) {
    List<Asked> cells = new ArrayList<>();
    for (Activity activity : vocabulary.activities()) {
      for (Product product : productsAndOther()) {
        Classification asked = new Classification(product, activity);
        cells.add(new Asked(product, activity, asked, asked));
      }
    }
    List<ClientGroup> clients =
        vocabulary.clients().stream()
            .filter(client -> client.registrations().equals(Registrations.NONE))
            .toList();
    return statements(clients, cells, sender);
  }

  private static Stream<Place> places(Scope scope) {
    return Stream.concat(scope.locations().stream(), scope.except().stream());
  }

  /** Whether an edited policy can reach such a client, or may. */
  private static boolean concerns(ClientGroup client, Set<String> countries) {
    return switch (client) {
      case ClientGroup.Located located -> countries.contains(located.place().largest().code());
      case ClientGroup.LocatedSomewhereIn in -> countries.contains(in.country().largest().code());
      case ClientGroup.LocatedInAnotherPart in -> countries.contains(in.country().largest().code());
      case ClientGroup.LocatedElsewhere _ -> false;
      case ClientGroup.Registered registered ->
          countries.contains(registered.place().largest().code())
              || countries.contains(registered.locatedIn().largest().code());
      case ClientGroup.LocatedNowhereKnown _, ClientGroup.RegisteredNowhereKnown _ -> true;
    };
  }

  /**
   * What differs for paths that are something else now.
   *
   * @param was what they were; the product is a stand-in where the path names it
   * @param wasByPath whether the path named the product
   */
  List<Statement> ofPaths(
      Classification was, boolean wasByPath, Classification becomes, boolean becomesByPath) {
    List<Asked> cells = new ArrayList<>();
    List<Product> products =
        wasByPath || becomesByPath ? productsAndOther() : List.of(becomes.product());
    for (Product product : products) {
      cells.add(
          new Asked(
              product,
              becomes.activity(),
              wasByPath ? new Classification(product, was.activity()) : was,
              becomesByPath ? new Classification(product, becomes.activity()) : becomes));
    }
    return statements(vocabulary.clients(), cells, Client.UNKNOWN);
  }

  private List<Product> productsAndOther() {
    List<Product> all = new ArrayList<>(vocabulary.products());
    all.add(vocabulary.otherProduct());
    return all;
  }

  /** A question to both sets, and by which product and activity it is named in a statement. */
  private record Asked(
      Product product, Activity activity, Classification before, Classification after) {}

  private record Concerned(
      Set<Product> products, Set<Activity> activities, Difference difference, List<Basis> bases) {}

  private record What(Difference difference, List<Basis> bases) {}

  private List<Statement> statements(List<ClientGroup> clients, List<Asked> cells, Client sender) {
    Map<Concerned, List<ClientGroup>> byConcern = new LinkedHashMap<>();
    for (ClientGroup client : clients) {
      for (Concerned concerned : concerned(client, cells, sender)) {
        byConcern.computeIfAbsent(concerned, _ -> new ArrayList<>()).add(client);
      }
    }
    List<Statement> statements = new ArrayList<>();
    byConcern.forEach((concerned, who) ->
        statements.add(
            new Statement(
                who,
                ProductRange.of(concerned.products(), vocabulary),
                concerned.activities().stream().sorted().toList(),
                concerned.difference(),
                concerned.bases())));
    statements.sort(comparing(statement -> statement.difference().from()));
    return List.copyOf(statements);
  }

  /**
   * What differs for one client: activities gathered by product, then products with the same
   * activities together.
   */
  private List<Concerned> concerned(ClientGroup client, List<Asked> cells, Client sender) {
    Map<What, Map<Product, Set<Activity>>> byWhat = new LinkedHashMap<>();
    for (Asked asked : cells) {
      for (What what : differences(client, asked, sender)) {
        byWhat
            .computeIfAbsent(what, _ -> new LinkedHashMap<>())
            .computeIfAbsent(asked.product(), _ -> new LinkedHashSet<>())
            .add(asked.activity());
      }
    }
    List<Concerned> all = new ArrayList<>();
    byWhat.forEach((what, activitiesByProduct) -> {
      Map<Set<Activity>, Set<Product>> products = new LinkedHashMap<>();
      activitiesByProduct.forEach((product, activities) ->
          products.computeIfAbsent(activities, _ -> new LinkedHashSet<>()).add(product));
      products.forEach((activities, named) ->
          all.add(new Concerned(named, activities, what.difference(), what.bases())));
    });
    return all;
  }

  /**
   * The stretches of time in which the outcomes differ; neighbours with the same pair of outcomes
   * are one.
   */
  private List<What> differences(ClientGroup client, Asked asked, Client sender) {
    List<DecisionInterval> before = stretches(old, asked.before(), client, sender);
    List<DecisionInterval> after = stretches(now, asked.after(), client, sender);
    List<What> differences = new ArrayList<>();
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
            new Difference(from, until, was, becomes),
            bases(
                grounds,
                opens ? newPolicies : oldPolicies,
                opens ? asked.after() : asked.before(),
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

  private static List<DecisionInterval> stretches(
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

  private static void add(List<What> differences, Difference next, List<Basis> bases) {
    What last = differences.isEmpty() ? null : differences.getLast();
    if (last == null
        || !Objects.equals(last.difference().until(), next.from())
        || last.difference().before() != next.before()
        || last.difference().after() != next.after()) {
      differences.add(new What(next, bases));
      return;
    }
    Set<Basis> both = new LinkedHashSet<>(last.bases());
    both.addAll(bases);
    differences.removeLast();
    differences.add(
        new What(
            new Difference(last.difference().from(), next.until(), next.before(), next.after()),
            List.copyOf(both)));
  }

  private static List<Basis> bases(
      Collection<RefusalReason> grounds,
      Map<String, Policy> milder,
      Classification asked,
      Instant from) {
    List<Basis> bases = new ArrayList<>();
    for (RefusalReason ground : grounds) {
      bases.add(
          new Basis(
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
