package updategateway.policy.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.place.Place;
import updategateway.place.Subdivisions;
import updategateway.policy.catalog.Route;
import updategateway.policy.decision.Coverage;
import updategateway.policy.decision.Evidence;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.ScopeCoverage;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Policy;
import updategateway.policy.model.Product;
import updategateway.policy.model.ProductSelection;
import updategateway.policy.model.ScopeBasis;
import updategateway.policy.model.Selector;
import updategateway.policy.set.PolicySet;

/**
 * All that some policy sets tell apart: whatever is asked is, for them, one of these clients,
 * products and activities.
 */
public final class Universe {
  private final List<Policy> policies;
  private final List<Product> products;
  private final Product otherProduct;
  private final List<Activity> activities;

  private Universe(List<PolicySet> sets) {
    this.policies = sets.stream().flatMap(set -> set.policies().stream()).toList();
    List<Route> routes =
        sets.stream().flatMap(set -> set.catalog().routes().stream()).distinct().toList();
    NavigableSet<Product> named = products(policies, routes);
    this.products = List.copyOf(named);
    this.otherProduct = other(named);
    this.activities = activities(policies, routes);
  }

  /** The vocabulary of these sets together. */
  public static Universe of(List<PolicySet> sets) {
    return new Universe(sets);
  }

  /** By place, then those whose place nobody knows, then by account. */
  public List<ClientGroup> clients() {
    return clients(policies);
  }

  /** Named in a policy or a route, in alphabetical order. */
  public List<Product> products() {
    return products;
  }

  /** Stands for every product that is not named. */
  public Product otherProduct() {
    return otherProduct;
  }

  /** Named in a policy or a route, in alphabetical order; no policy refuses any other. */
  public List<Activity> activities() {
    return activities;
  }

  private static List<ClientGroup> clients(List<Policy> policies) {
    NavigableSet<Place> named = places(policies, _ -> true);
    NavigableSet<Place> countries = new TreeSet<>();
    named.forEach(place -> countries.add(place.largest()));
    List<ClientGroup> clients = new ArrayList<>();
    for (Place country : countries) {
      NavigableSet<Place> parts = parts(country, named);
      if (parts.isEmpty()) {
        clients.add(new ClientGroup.Located(country));
        continue;
      }
      clients.add(new ClientGroup.LocatedSomewhereIn(country));
      addParts(withLarger(parts), named, clients);
      otherPart(country, parts)
          .ifPresent(other ->
              clients.add(new ClientGroup.LocatedInAnotherPart(country, largest(parts), other)));
    }
    Place elsewhere = elsewhere(countries);
    if (elsewhere != null) {
      clients.add(new ClientGroup.LocatedElsewhere(elsewhere));
    }
    clients.add(new ClientGroup.LocatedNowhereKnown());
    Place away = elsewhere == null ? leastCovered(countries, policies) : elsewhere;
    Predicate<Policy> byAccount =
        policy -> policy.scope().subjects().contains(ScopeBasis.REGISTERED);
    places(policies, byAccount)
        .forEach(place -> clients.add(new ClientGroup.Registered(place, away)));
    if (policies.stream().anyMatch(byAccount)) {
      clients.add(new ClientGroup.RegisteredNowhereKnown(away));
    }
    return List.copyOf(clients);
  }

  /** Adds the clients of the parts of a country, of which one may be in another. */
  private static void addParts(
      NavigableSet<Place> parts, NavigableSet<Place> named, List<ClientGroup> clients) {
    for (Place part : parts) {
      NavigableSet<Place> inside = parts(part, named);
      if (inside.isEmpty()) {
        clients.add(new ClientGroup.Located(part));
      } else if (inside.size() < parts(part.parent().orElseThrow(), named).size()) {
        clients.add(new ClientGroup.LocatedSomewhereIn(part));
        if (named.contains(part)) {
          otherPart(part, inside)
              .ifPresent(other ->
                  clients.add(new ClientGroup.LocatedInAnotherPart(part, largest(inside), other)));
        }
      }
    }
  }

  /** Returns the named places inside a place. */
  private static NavigableSet<Place> parts(Place place, NavigableSet<Place> named) {
    return named.stream()
        .filter(part -> part.isPartOf(place))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns parts of a country with the larger parts that they are in. */
  private static NavigableSet<Place> withLarger(NavigableSet<Place> parts) {
    NavigableSet<Place> all = new TreeSet<>();
    for (Place part : parts) {
      for (Place p = part; p.parent().isPresent(); p = p.parent().orElseThrow()) {
        all.add(p);
      }
    }
    return all;
  }

  /** Returns those that are not in another of them. */
  private static List<Place> largest(NavigableSet<Place> places) {
    return places.stream().filter(place -> places.stream().noneMatch(place::isPartOf)).toList();
  }

  /** Returns a part of a place that is neither inside nor around one of its named parts. */
  private static Optional<Place> otherPart(Place place, NavigableSet<Place> named) {
    return allParts(place)
        .filter(part -> named.stream().noneMatch(one -> one.covers(part) || part.covers(one)))
        .findFirst();
  }

  private static Stream<Place> allParts(Place place) {
    return Subdivisions.partsOf(place).stream()
        .flatMap(part -> Stream.concat(Stream.of(part), allParts(part)));
  }

  private static @Nullable Place elsewhere(NavigableSet<Place> countries) {
    return Stream.of(Locale.getISOCountries())
        .map(Place::parse)
        .filter(place -> !place.isSubdivision())
        .filter(place -> !countries.contains(place))
        .findFirst()
        .orElse(null);
  }

  /** Where policies name every country there is: the one that the fewest of them cover. */
  private static Place leastCovered(NavigableSet<Place> countries, List<Policy> policies) {
    Place least = countries.first();
    long fewest = Long.MAX_VALUE;
    for (Place country : countries) {
      List<Evidence> evidence = Evidence.of(Location.in(country), Registrations.NONE);
      long covering =
          policies.stream()
              .map(policy -> new ScopeCoverage(policy.scope()).coverage(evidence))
              .filter(coverage -> coverage == Coverage.IN)
              .count();
      if (covering < fewest) {
        fewest = covering;
        least = country;
      }
    }
    return least;
  }

  private static NavigableSet<Place> places(List<Policy> policies, Predicate<Policy> which) {
    NavigableSet<Place> places = new TreeSet<>();
    policies.stream()
        .filter(which)
        .map(Policy::scope)
        .flatMap(scope -> Stream.concat(scope.locations().stream(), scope.except().stream()))
        .map(Place::canonical)
        .forEach(places::add);
    return places;
  }

  private static NavigableSet<Product> products(List<Policy> policies, List<Route> routes) {
    NavigableSet<Product> products = new TreeSet<>();
    for (Route route : routes) {
      if (route.product() != null) {
        products.add(route.product());
      }
    }
    for (Policy policy : policies) {
      addNamed(policy.products(), products);
      matters(policy).map(Selector::products).forEach(selection -> addNamed(selection, products));
    }
    return products;
  }

  private static Stream<Selector> matters(Policy policy) {
    return Stream.concat(
        policy.exemptions().stream().map(exemption -> exemption.matter()),
        policy.permits().stream().map(permit -> permit.matter()));
  }

  private static void addNamed(
      @Nullable ProductSelection selection, NavigableSet<Product> products) {
    if (selection instanceof ProductSelection.Named named) {
      products.addAll(named.products());
    }
  }

  private static Product other(NavigableSet<Product> named) {
    return Stream.iterate("another-product", name -> name + "-still")
        .map(Product::new)
        .filter(product -> !named.contains(product))
        .findFirst()
        .orElseThrow();
  }

  private static List<Activity> activities(List<Policy> policies, List<Route> routes) {
    NavigableSet<Activity> activities = new TreeSet<>();
    routes.forEach(route -> activities.add(route.activity()));
    policies.stream()
        .flatMap(policy -> policy.phases().stream())
        .forEach(phase -> activities.addAll(phase.refuses()));
    activities.add(Activity.UNCLASSIFIED);
    return List.copyOf(activities);
  }
}
