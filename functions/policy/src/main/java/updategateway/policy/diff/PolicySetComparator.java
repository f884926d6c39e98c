package updategateway.policy.diff;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import updategateway.place.Place;
import updategateway.policy.catalog.Classification;
import updategateway.policy.decision.Client;
import updategateway.policy.decision.Registrations;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Policy;
import updategateway.policy.model.Product;
import updategateway.policy.model.Scope;
import updategateway.policy.set.PolicySet;

/**
 * A comparison of two policy sets: for which clients, products and activities their outcomes
 * differ. {@link OutcomeChanges} finds when they differ.
 */
final class PolicySetComparator {
  private final OutcomeChanges changes;
  private final Universe vocabulary;

  /** The policies of either set that are not in the other as they are. */
  private final List<Policy> edited;

  PolicySetComparator(PolicySet before, PolicySet after) {
    Map<String, Policy> oldPolicies = OutcomeChanges.byId(before);
    Map<String, Policy> newPolicies = OutcomeChanges.byId(after);
    this.changes = new OutcomeChanges(before, after);
    this.vocabulary = Universe.of(List.of(before, after));
    this.edited =
        Stream.concat(
                before.policies().stream()
                    .filter(policy -> !policy.equals(newPolicies.get(policy.id()))),
                after.policies().stream()
                    .filter(policy -> !policy.equals(oldPolicies.get(policy.id()))))
            .toList();
  }

  Universe vocabulary() {
    return vocabulary;
  }

  /** What differs for the same question, whatever path leads to it. */
  List<PlannedChange> ofPolicies() {
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
  List<PlannedChange> ofSender(Client sender) {
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
  List<PlannedChange> ofPaths(
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
      Set<Product> products,
      Set<Activity> activities,
      OutcomeDelta difference,
      List<Cause> bases) {}

  private List<PlannedChange> statements(
      List<ClientGroup> clients, List<Asked> cells, Client sender) {
    Map<Concerned, List<ClientGroup>> byConcern = new LinkedHashMap<>();
    for (ClientGroup client : clients) {
      for (Concerned concerned : concerned(client, cells, sender)) {
        byConcern.computeIfAbsent(concerned, _ -> new ArrayList<>()).add(client);
      }
    }
    List<PlannedChange> statements = new ArrayList<>();
    byConcern.forEach((concerned, who) ->
        statements.add(
            new PlannedChange(
                who,
                ProductSet.of(concerned.products(), vocabulary),
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
    Map<OutcomeChange, Map<Product, Set<Activity>>> byChange = new LinkedHashMap<>();
    for (Asked asked : cells) {
      for (OutcomeChange change : changes.of(client, asked.before(), asked.after(), sender)) {
        byChange
            .computeIfAbsent(change, _ -> new LinkedHashMap<>())
            .computeIfAbsent(asked.product(), _ -> new LinkedHashSet<>())
            .add(asked.activity());
      }
    }
    List<Concerned> all = new ArrayList<>();
    byChange.forEach((change, activitiesByProduct) -> {
      Map<Set<Activity>, Set<Product>> products = new LinkedHashMap<>();
      activitiesByProduct.forEach((product, activities) ->
          products.computeIfAbsent(activities, _ -> new LinkedHashSet<>()).add(product));
      products.forEach((activities, named) ->
          all.add(new Concerned(named, activities, change.difference(), change.bases())));
    });
    return all;
  }
}
