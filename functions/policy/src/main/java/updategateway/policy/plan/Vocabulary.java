package updategateway.policy.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.policy.Activity;
import updategateway.policy.Matter;
import updategateway.policy.Place;
import updategateway.policy.Policy;
import updategateway.policy.Product;
import updategateway.policy.ProductSelection;
import updategateway.policy.Subject;
import updategateway.policy.catalog.Route;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Registrations;
import updategateway.policy.set.PolicySet;

/**
 * All that some policy sets tell apart: whatever is asked is, for them, one of these clients,
 * products and activities. Each list ends with what nobody names.
 */
public final class Vocabulary {
  /** Stands for every product that is not named. */
  public static final Product ANY_OTHER_PRODUCT = new Product("any-other-product");

  /** Stands for every activity that is not named. */
  public static final Activity ANY_OTHER_ACTIVITY = new Activity("any-other-activity");

  private final List<PolicySet> sets;

  /** The vocabulary of these sets together. */
  public Vocabulary(List<PolicySet> sets) {
    this.sets = List.copyOf(sets);
  }

  /** By place: whoever is there, half there, elsewhere or nobody knows where; then by account. */
  public List<Client> clients() {
    NavigableSet<Place> named = named(_ -> true);
    List<Client> clients = new ArrayList<>();
    named.stream()
        .filter(place -> !place.isSubdivision())
        .forEach(place -> clients.addAll(in(place, named)));
    named.stream()
        .filter(Place::isSubdivision)
        .map(place -> new Place(place.country()))
        .distinct()
        .filter(country -> !named.contains(country))
        .forEach(country -> clients.addAll(in(country, named)));
    named.stream()
        .filter(Place::isSubdivision)
        .forEach(place -> clients.add(located(place.code(), place)));
    Place elsewhere = elsewhere(named);
    clients.add(located("a place that no policy names", elsewhere));
    clients.add(
        new Client("located nowhere that is known", new Location.Unknown(), Registrations.NONE));
    for (Place place : named(policy -> policy.scope().subjects().contains(Subject.REGISTERED))) {
      clients.add(
          new Client(
              "registered in " + place + ", located elsewhere",
              Location.in(elsewhere),
              new Registrations.Known(Set.of(place))));
    }
    return List.copyOf(clients);
  }

  /** Named in a policy or a route, in alphabetical order, then {@link #ANY_OTHER_PRODUCT}. */
  public List<Product> products() {
    NavigableSet<Product> products = new TreeSet<>();
    routes().map(Route::product).forEach(product -> addIfPresent(product, products));
    policies().forEach(policy -> addNamed(policy.products(), products));
    matters().map(Matter::products).forEach(selection -> addNamed(selection, products));
    return append(products, ANY_OTHER_PRODUCT);
  }

  /** Named in a policy or a route, in alphabetical order, then {@link #ANY_OTHER_ACTIVITY}. */
  public List<Activity> activities() {
    NavigableSet<Activity> activities = new TreeSet<>();
    routes().map(Route::activity).forEach(activities::add);
    policies()
        .flatMap(policy -> policy.phases().stream())
        .flatMap(phase -> phase.refuses().stream())
        .forEach(activities::add);
    return append(activities, ANY_OTHER_ACTIVITY);
  }

  private static List<Client> in(Place country, NavigableSet<Place> named) {
    boolean partsMatter =
        named.stream().anyMatch(place -> place.isSubdivision() && country.covers(place));
    if (!partsMatter) {
      return List.of(located(country.code(), country));
    }
    Place another = another(country, named);
    return List.of(
        located(country + ", subdivision not known", country),
        located(country + ", any other subdivision", another));
  }

  private static Client located(String where, Place place) {
    return new Client("located in " + where, Location.in(place), Registrations.NONE);
  }

  /** Any subdivision that is not named; its code need not exist. */
  private static Place another(Place country, NavigableSet<Place> named) {
    return Stream.iterate(0, i -> i + 1)
        .map(i -> Place.of(country.country(), Integer.toString(i)))
        .filter(place -> !named.contains(place))
        .findFirst()
        .orElseThrow();
  }

  private static Place elsewhere(NavigableSet<Place> named) {
    return Stream.of(Locale.getISOCountries())
        .map(Place::parse)
        .filter(place -> !place.isSubdivision())
        .filter(place -> named.stream().noneMatch(n -> n.country().equals(place.country())))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("the policies name every country there is"));
  }

  private NavigableSet<Place> named(Predicate<Policy> which) {
    NavigableSet<Place> places = new TreeSet<>();
    policies()
        .filter(which)
        .map(Policy::scope)
        .forEach(scope -> {
          places.addAll(scope.locations());
          places.addAll(scope.except());
        });
    return places;
  }

  private Stream<Policy> policies() {
    return sets.stream().flatMap(set -> set.policies().stream());
  }

  private Stream<Route> routes() {
    return sets.stream().flatMap(set -> set.catalog().routes().stream());
  }

  private Stream<Matter> matters() {
    return policies()
        .flatMap(policy ->
            Stream.concat(
                policy.exemptions().stream().map(exemption -> exemption.matter()),
                policy.permits().stream().map(permit -> permit.matter())));
  }

  private static void addNamed(
      @Nullable ProductSelection selection, NavigableSet<Product> products) {
    if (selection instanceof ProductSelection.Named named) {
      products.addAll(named.products());
    }
  }

  private static void addIfPresent(@Nullable Product product, NavigableSet<Product> products) {
    if (product != null) {
      products.add(product);
    }
  }

  private static <T> List<T> append(NavigableSet<T> named, T other) {
    List<T> all = new ArrayList<>(named);
    all.add(other);
    return List.copyOf(all);
  }
}
