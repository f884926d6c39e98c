package updategateway.policy.parse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.place.Place;
import updategateway.policy.catalog.CatalogTerms;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Interval;
import updategateway.policy.model.Permit;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;
import updategateway.policy.model.Product;
import updategateway.policy.model.ProductSelection;
import updategateway.policy.model.Selector;
import updategateway.policy.source.Document;

/** What in one policy can have no effect, or is there twice. */
final class PolicyLint {
  private static final String ALL = "*";

  private final Policy policy;
  private final Document document;
  private final Diagnostics mistakes;
  private final Diagnostics doubts;

  /**
   * @param mistakes takes words that are misspelt
   * @param doubts takes all else
   */
  PolicyLint(Policy policy, Document document, Diagnostics mistakes, Diagnostics doubts) {
    this.policy = policy;
    this.document = document;
    this.mistakes = mistakes;
    this.doubts = doubts;
  }

  /**
   * Finds all.
   *
   * @param wording the words of the catalog; null when it is not known
   */
  void find(@Nullable CatalogTerms wording) {
    scope();
    if (wording != null) {
      words(wording);
    }
    twice();
    if (isAlwaysLifted()) {
      doubts.add(
          DocumentPaths.at(document, "phases"),
          "exemptions and permits take out all that the phases refuse, so that the policy never"
              + " refuses anything",
          "narrow the exemptions, or take the policy out");
    }
  }

  private void scope() {
    Document scope = DocumentPaths.at(document, "scope");
    List<Place> locations = policy.scope().locations();
    if (locations.stream().allMatch(place -> covers(policy.scope().except(), place))) {
      doubts.add(
          DocumentPaths.at(scope, "except"),
          "except leaves out every location, so that the policy reaches nobody whose place is known",
          "leave out parts of the locations only");
      return;
    }
    for (Document item : DocumentPaths.items(scope, "except")) {
      Place place = Place.parse(DocumentPaths.text(item));
      if (!covers(locations, place) && locations.stream().noneMatch(place::covers)) {
        doubts.add(
            item,
            "no location covers " + place + ", so that except leaves nothing out by it",
            "take it out, or add the place to the locations");
      }
    }
  }

  private static boolean covers(List<Place> places, Place place) {
    return places.stream().anyMatch(covering -> covering.covers(place));
  }

  private void words(CatalogTerms wording) {
    products(document, wording, "the policy says nothing of any path by it");
    for (Document phase : DocumentPaths.items(document, "phases")) {
      activities(phase, "refuses", wording, "nothing is refused by it");
    }
    for (Document exemption : DocumentPaths.items(document, "exemptions")) {
      activities(exemption, "activities", wording, "nothing is exempt by it");
      products(exemption, wording, "nothing is exempt by it");
    }
    for (Document permit : DocumentPaths.items(document, "permits")) {
      activities(permit, "activities", wording, "nothing is permitted by it");
      products(permit, wording, "nothing is permitted by it");
    }
  }

  private void activities(Document of, String key, CatalogTerms wording, String effect) {
    for (Document item : DocumentPaths.items(of, key)) {
      String word = DocumentPaths.text(item);
      if (!wording.knowsActivity(word)) {
        unknown(item, "activity", word, wording.activities(), effect);
      }
    }
  }

  /** Where a path may name any product, only a word that looks misspelt is found. */
  private void products(Document of, CatalogTerms wording, String effect) {
    for (Document item : DocumentPaths.items(of, "products")) {
      String word = DocumentPaths.text(item);
      if (!word.equals(ALL)
          && !wording.products().contains(word)
          && (!wording.anyProduct() || Suggestion.slipOf(word, wording.products()).isPresent())) {
        unknown(item, "product", word, wording.products(), effect);
      }
    }
  }

  /** A word within two letters of a known one is a mistake, any other one a doubt. */
  private void unknown(Document item, String kind, String word, Set<String> known, String effect) {
    String problem =
        "no route has the " + kind + " " + MappingReader.quoted(word) + ", so that " + effect;
    String slip = Suggestion.slipOf(word, known).orElse(null);
    if (slip != null && !differsInDigitsOnly(word, slip)) {
      mistakes.add(item, problem, "write " + slip + ", or add a route if there are both");
    } else {
      doubts.add(
          item,
          problem,
          Suggestion.to(word, known)
              .map(nearest -> "write " + nearest + ", unless there are both")
              .orElse("write one of " + String.join(", ", known) + ", or add a route"));
    }
  }

  /** Names of versions: {@code suite-1} is no misspelt {@code suite-2}. */
  private static boolean differsInDigitsOnly(String word, String other) {
    return word.replaceAll("[0-9]+", "").equals(other.replaceAll("[0-9]+", ""));
  }

  private void twice() {
    Document scope = DocumentPaths.at(document, "scope");
    twice(scope, "locations", text -> Place.parse(text).canonical().code());
    twice(scope, "except", text -> Place.parse(text).canonical().code());
    twice(scope, "subjects", Function.identity());
    twice(document, "products", Function.identity());
    for (Document phase : DocumentPaths.items(document, "phases")) {
      twice(phase, "refuses", Function.identity());
    }
    Stream.concat(
            DocumentPaths.items(document, "exemptions").stream(),
            DocumentPaths.items(document, "permits").stream())
        .forEach(matter -> {
          twice(matter, "products", Function.identity());
          twice(matter, "activities", Function.identity());
        });
  }

  private void twice(Document of, String key, Function<String, String> meaning) {
    Map<String, Document> earlier = new HashMap<>();
    for (Document item : DocumentPaths.items(of, key)) {
      String text = DocumentPaths.text(item);
      Document first = earlier.putIfAbsent(meaning.apply(text), item);
      if (first != null) {
        doubts.add(
            item,
            MappingReader.quoted(text)
                + " stands in the list already"
                + (DocumentPaths.text(first).equals(text)
                    ? ""
                    : ", as " + DocumentPaths.text(first))
                + (first.position().line() == item.position().line()
                    ? ""
                    : ", in line " + first.position().line()),
            "take one of the two out");
      }
    }
  }

  /** Whether nothing is left that the policy refuses at any time. */
  private boolean isAlwaysLifted() {
    return policy.phases().stream()
        .allMatch(phase ->
            phase.refuses().stream()
                .allMatch(activity -> isAlwaysLifted(phase, activity, policy.products())));
  }

  private boolean isAlwaysLifted(Phase phase, Activity activity, ProductSelection products) {
    return switch (products) {
      case ProductSelection.All _ -> isLifted(phase, activity, null);
      case ProductSelection.Named named ->
          named.products().stream().allMatch(product -> isLifted(phase, activity, product));
    };
  }

  /**
   * @param product null for any that nothing names
   */
  private boolean isLifted(Phase phase, Activity activity, @Nullable Product product) {
    return policy.exemptions().stream()
            .anyMatch(exemption -> matches(exemption.matter(), activity, product))
        || policy.permits().stream()
            .filter(permit -> lasts(permit, phase.span()))
            .anyMatch(permit -> matches(permit.matter(), activity, product));
  }

  private static boolean lasts(Permit permit, Interval phase) {
    return !permit.span().from().instant().isAfter(phase.from().instant())
        && (permit.span().until() == null
            || (phase.until() != null
                && !permit.span().until().instant().isBefore(phase.until().instant())));
  }

  private static boolean matches(Selector matter, Activity activity, @Nullable Product product) {
    boolean byProduct =
        switch (matter.products()) {
          case null -> true;
          case ProductSelection.All _ -> true;
          case ProductSelection.Named named ->
              product != null && named.products().contains(product);
        };
    return byProduct && (matter.activities() == null || matter.activities().contains(activity));
  }
}
