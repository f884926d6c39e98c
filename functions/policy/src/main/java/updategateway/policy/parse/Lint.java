package updategateway.policy.parse;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.catalog.CatalogTerms;
import updategateway.policy.catalog.ShadowedRoutes;
import updategateway.policy.model.Correction;
import updategateway.policy.model.Interval;
import updategateway.policy.model.Policy;
import updategateway.policy.source.Diagnostic;
import updategateway.policy.source.Document;

/**
 * Finds what the format allows and probably nobody meant: words that nothing else knows, parts that
 * can have no effect, years that are far away. What is read without a mistake is doubted, whatever
 * is wrong elsewhere.
 */
final class Lint {
  private static final int FAR_PAST_YEARS = 30;
  private static final int FAR_FUTURE_YEARS = 10;

  private final Instant now;
  private final Diagnostics doubts = new Diagnostics();

  Lint(Instant now) {
    this.now = now;
  }

  /**
   * Returns the doubts about what could be read.
   *
   * @param mistakes takes words that are misspelt, which are no doubt
   */
  static List<Diagnostic> of(
      @Nullable Parsed<Catalog> catalog,
      List<Parsed<Policy>> policies,
      List<Parsed<Correction>> corrections,
      Instant now,
      Diagnostics mistakes) {
    Lint doubts = new Lint(now);
    if (catalog != null) {
      doubts.routes(catalog);
    }
    CatalogTerms wording = catalog == null ? null : CatalogTerms.of(catalog.value());
    for (Parsed<Policy> policy : policies) {
      new PolicyLint(policy.value(), policy.document(), mistakes, doubts.doubts).find(wording);
      doubts.times(policy);
      doubts.end(policy);
    }
    for (Parsed<Correction> correction : corrections) {
      doubts.times(correction.value().span(), correction.document());
    }
    return doubts.doubts.inOrder();
  }

  private void routes(Parsed<Catalog> catalog) {
    List<Document> items = DocumentPaths.items(catalog.document(), "routes");
    List<ShadowedRoutes.Shadowed> shadowed = ShadowedRoutes.of(catalog.value()).orElse(null);
    if (shadowed == null) {
      doubts.add(
          catalog.document(),
          "too many patterns to say which routes never win",
          "look at the order of the routes yourself");
      return;
    }
    for (ShadowedRoutes.Shadowed one : shadowed) {
      Document item = items.get(one.route());
      List<String> earlier =
          one.by().stream()
              .map(by ->
                  MappingReader.quoted(catalog.value().routes().get(by).path().toString())
                      + " in line "
                      + items.get(by).position().line())
              .toList();
      doubts.add(
          DocumentPaths.at(item, "path"),
          "no path gets here: "
              + String.join(", ", earlier)
              + (earlier.size() == 1 ? " takes" : " take")
              + " every one that matches",
          "move the route up, or take it out");
    }
  }

  private void times(Parsed<Policy> policy) {
    List<Document> phases = DocumentPaths.items(policy.document(), "phases");
    for (int i = 0; i < phases.size(); i++) {
      times(policy.value().phases().get(i).span(), phases.get(i));
    }
    List<Document> permits = DocumentPaths.items(policy.document(), "permits");
    for (int i = 0; i < permits.size(); i++) {
      times(policy.value().permits().get(i).span(), permits.get(i));
    }
  }

  private void end(Parsed<Policy> policy) {
    if (policy.value().phases().stream().allMatch(phase -> isOver(phase.span()))) {
      doubts.add(
          DocumentPaths.at(policy.document(), "phases"),
          "every phase is over, so that the policy refuses nothing any more",
          "take the policy out, or look at until");
    }
  }

  private boolean isOver(Interval span) {
    return span.until() != null && !now.isBefore(span.until().instant());
  }

  private void times(Interval span, Document document) {
    time(span.from().instant(), DocumentPaths.at(document, "from"));
    if (span.until() != null) {
      time(span.until().instant(), DocumentPaths.at(document, "until", "through"));
    }
  }

  private void time(Instant instant, Document document) {
    if (instant.isBefore(years(-FAR_PAST_YEARS))) {
      doubts.add(
          document, instant + " is more than " + FAR_PAST_YEARS + " years ago", "look at the year");
    } else if (instant.isAfter(years(FAR_FUTURE_YEARS))) {
      doubts.add(
          document,
          instant + " is more than " + FAR_FUTURE_YEARS + " years from now",
          "look at the year");
    }
  }

  private Instant years(int years) {
    return now.atOffset(ZoneOffset.UTC).plusYears(years).toInstant();
  }
}
