package updategateway.policy.decision;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.place.Place;
import updategateway.policy.catalog.CatalogTerms;
import updategateway.policy.model.Policy;
import updategateway.policy.model.ProductSelection;
import updategateway.policy.model.Selector;
import updategateway.policy.parse.Suggestion;
import updategateway.policy.set.PolicySet;

/** Something in a request that no part of a policy set speaks of; it may be a slip of the pen. */
public sealed interface UnknownTerm {
  /**
   * An activity that no route has and no policy names.
   *
   * @param nearest the word that was probably meant; null when none is much like it
   */
  record OfActivity(String name, @Nullable String nearest) implements UnknownTerm {}

  /**
   * A product that no route has and no policy names; where paths may name any product, one that is
   * only a letter or two from another.
   *
   * @param nearest the word that was probably meant; null when none is much like it
   */
  record OfProduct(String name, @Nullable String nearest) implements UnknownTerm {}

  /** A place of which no policy and no correction names the whole, itself or a part. */
  record OfPlace(Place place) implements UnknownTerm {}

  /** All in a request that are unfamiliar to a set. */
  static List<UnknownTerm> of(PolicySet set, Request request) {
    List<UnknownTerm> unfamiliar = new ArrayList<>();
    CatalogTerms wording = CatalogTerms.of(set.catalog());
    String activity = request.activity().name();
    Set<String> activities = new TreeSet<>(wording.activities());
    Set<String> products = new TreeSet<>(wording.products());
    for (Policy policy : set.policies()) {
      policy
          .phases()
          .forEach(phase -> phase.refuses().forEach(refused -> activities.add(refused.name())));
      addNamed(policy.products(), products);
      matters(policy)
          .forEach(matter -> {
            if (matter.activities() != null) {
              matter.activities().forEach(named -> activities.add(named.name()));
            }
            addNamed(matter.products(), products);
          });
    }
    if (!activities.contains(activity)) {
      unfamiliar.add(new OfActivity(activity, Suggestion.to(activity, activities).orElse(null)));
    }
    String product = request.product().name();
    String slip = Suggestion.slipOf(product, products).orElse(null);
    if (!products.contains(product) && (!wording.anyProduct() || slip != null)) {
      unfamiliar.add(
          new OfProduct(
              product, slip != null ? slip : Suggestion.to(product, products).orElse(null)));
    }
    Set<Place> named = places(set);
    asked(request)
        .filter(place -> named.stream().noneMatch(n -> n.covers(place) || place.covers(n)))
        .map(OfPlace::new)
        .forEach(unfamiliar::add);
    return unfamiliar;
  }

  private static Stream<Selector> matters(Policy policy) {
    return Stream.concat(
        policy.exemptions().stream().map(exemption -> exemption.matter()),
        policy.permits().stream().map(permit -> permit.matter()));
  }

  private static void addNamed(@Nullable ProductSelection selection, Set<String> products) {
    if (selection instanceof ProductSelection.Named named) {
      named.products().forEach(product -> products.add(product.name()));
    }
  }

  private static Set<Place> places(PolicySet set) {
    Set<Place> places = new HashSet<>();
    for (Policy policy : set.policies()) {
      places.addAll(policy.scope().locations());
      places.addAll(policy.scope().except());
    }
    set.corrections().forEach(correction -> places.add(correction.place()));
    return places;
  }

  private static Stream<Place> asked(Request request) {
    Stream<Place> located =
        switch (request.location()) {
          case Location.Known known -> known.places().stream();
          case Location.Unknown unknown -> unknown.perhaps().stream();
        };
    Stream<Place> registered =
        switch (request.registrations()) {
          case Registrations.Known known -> known.places().stream().sorted();
          case Registrations.Unknown _ -> Stream.empty();
        };
    return Stream.concat(located, registered).distinct();
  }
}
