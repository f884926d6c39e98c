package updategateway.cli.policy.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.cli.text.InstantText;
import updategateway.cli.text.ListText;
import updategateway.cli.text.PlaceText;
import updategateway.policy.catalog.CatalogDiff;
import updategateway.policy.catalog.Classification;
import updategateway.policy.catalog.FileNames;
import updategateway.policy.catalog.Route;
import updategateway.policy.decision.Outcome;
import updategateway.policy.diff.Cause;
import updategateway.policy.diff.CorrectionEdit;
import updategateway.policy.diff.CorrectionEffect;
import updategateway.policy.diff.OutcomeDelta;
import updategateway.policy.diff.PathChange;
import updategateway.policy.diff.Plan;
import updategateway.policy.diff.PlannedChange;
import updategateway.policy.diff.PolicyEdit;
import updategateway.policy.diff.ProductSet;
import updategateway.policy.diff.RouteEdit;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Correction.Target;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;
import updategateway.policy.model.Product;

/**
 * A plan in full sentences: what a person signs.
 *
 * <p>Instants are half-open everywhere: what begins at one holds at it, what ends at one does not
 * hold at it any more.
 */
public final class PlanChangeText {
  private final Plan plan;
  private final Instant now;
  private final InstantText moments;
  private final CorrectionText corrections;

  /**
   * @param now what is past is before it
   */
  public PlanChangeText(Plan plan, Instant now) {
    this.plan = plan;
    this.now = now;
    this.moments = new InstantText(plan.before(), plan.after());
    this.corrections = new CorrectionText(now, moments);
  }

  /** The statement in a sentence. */
  public String sentence(PlannedChange statement) {
    OutcomeDelta difference = statement.difference();
    return requests(statement)
        + ", made by "
        + ListText.or(PlaceText.of(statement.clients()))
        + ", "
        + what(difference)
        + ".";
  }

  /** What becomes of requests for paths that are something else now, in a sentence. */
  public String sentence(PathChange change, PlannedChange statement) {
    OutcomeDelta difference = statement.difference();
    return when(difference)
        + ", such requests"
        + (change.isProductNamedByPath() && !statement.products().isEverything()
            ? ", where the path names " + products(statement.products()) + ","
            : "")
        + " made by "
        + ListText.or(PlaceText.of(statement.clients()))
        + " "
        + what(difference)
        + ".";
  }

  /** What corrections open or close to whom they name, in a sentence. */
  public String sentence(CorrectionEffect effect) {
    PlannedChange statement = effect.statement();
    OutcomeDelta difference = statement.difference();
    return requests(statement)
        + ", "
        + CorrectionText.made(effect)
        + " by "
        + ListText.or(PlaceText.of(statement.clients()))
        + ", as the edge and databases have it, "
        + (areSamePolicies()
            ? what(difference)
            : before(difference)
                + " by the planned policies with the corrections as they are and "
                + after(difference))
        + ".";
  }

  /** The beginning of a sentence: from when on, and about what. */
  private String requests(PlannedChange statement) {
    return when(statement.difference())
        + ", requests for "
        + ListText.and(statement.activities())
        + " of "
        + products(statement.products());
  }

  private boolean areSamePolicies() {
    return plan.before() != null && plan.policies().isEmpty();
  }

  /** By which corrections it is so, and what follows for a reader. */
  public List<String> bases(CorrectionEffect effect) {
    return Stream.concat(
            Stream.of(
                "By the "
                    + (effect.corrections().size() == 1 ? "correction " : "corrections ")
                    + ListText.and(effect.corrections())
                    + "."),
            bases(effect.statement()).stream())
        .toList();
  }

  private String when(OutcomeDelta difference) {
    Instant until = difference.until();
    boolean always = difference.from().equals(Instant.MIN);
    String from = always ? "" : "From " + moments.both(difference.from());
    if (until == null) {
      return always ? "At all times" : from + " on";
    }
    String end = moments.both(until);
    return always ? "Before " + end : from + " until, and not including, " + end;
  }

  private String what(OutcomeDelta difference) {
    return plan.before() == null
        ? after(difference)
        : before(difference) + " by the set in force and " + after(difference);
  }

  private static String after(OutcomeDelta difference) {
    return switch (difference.after()) {
      case SERVE -> "would be served";
      case REFUSE -> "would be refused";
      case UNDETERMINED -> "would be refused as undetermined";
    };
  }

  private static String before(OutcomeDelta difference) {
    return switch (difference.before()) {
      case SERVE -> "are served";
      case REFUSE -> "are refused";
      case UNDETERMINED -> "are refused as undetermined";
    };
  }

  /** Products in a sentence. */
  static String products(ProductSet products) {
    if (products.allBut()) {
      return products.listed().isEmpty()
          ? "every product"
          : "every product except " + ListText.and(products.listed());
    }
    return ListText.and(products.listed());
  }

  /** By what the stricter side of a statement holds, and what lifts it, a sentence each. */
  public List<String> bases(PlannedChange statement) {
    boolean opens = statement.difference().opens();
    Set<String> sentences = new LinkedHashSet<>();
    for (Cause basis : statement.bases()) {
      Policy policy = basis.policy();
      sentences.add(
          (opens ? "Refused so far by " : "Refused by ")
              + policy.id()
              + ", phase "
              + basis.phase().id()
              + ": "
              + policy.title()
              + ", "
              + policy.citation()
              + ".");
      if (basis.permit() != null) {
        sentences.add(
            (opens ? "Lifted by the permit " : "Lifted so far by the permit ")
                + basis.permit().id()
                + ": "
                + basis.permit().citation()
                + ".");
      }
    }
    return List.copyOf(sentences);
  }

  /** What a reader must not miss about a statement; none where there is nothing. */
  public List<String> cautions(PlannedChange statement) {
    OutcomeDelta difference = statement.difference();
    List<String> cautions = new ArrayList<>();
    if (!difference.reaches(now)) {
      cautions.add(
          "This lies wholly in the past: it changes no answer from now on, only what a replay of"
              + " earlier requests gives.");
      return cautions;
    }
    if (plan.before() == null) {
      return cautions;
    }
    if (difference.opens()) {
      cautions.add("This opens what is refused.");
    }
    if (difference.beganBefore(now)) {
      cautions.add(
          (difference.from().equals(Instant.MIN)
                  ? "It has no beginning"
                  : "Its beginning is in the past")
              + ": it takes effect as soon as the set is in force.");
    }
    return cautions;
  }

  /** Warnings about the plan as a whole; none where there is nothing to warn of. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    List<PlannedChange> all = plan.allStatements();
    if (plan.before() == null) {
      warnings.add(
          "Nothing is in force, so nothing is served now. Putting this set in force opens everything"
              + " that is not named below as refused.");
      long begun = all.stream().filter(s -> s.difference().beganBefore(now)).count();
      if (begun > 0) {
        warnings.add(
            ListText.count(begun, "statement takes", "statements take")
                + " effect at once: "
                + (begun == 1 ? "its beginning is" : "their beginnings are")
                + " in the past.");
      }
    } else {
      long opening =
          all.stream().filter(s -> s.difference().opens() && s.difference().reaches(now)).count();
      if (opening > 0) {
        warnings.add(ListText.count(opening, "change opens", "changes open") + " what is refused.");
      }
      long begun =
          all.stream()
              .filter(s -> s.difference().reaches(now) && s.difference().beganBefore(now))
              .count();
      if (begun > 0) {
        warnings.add(
            ListText.count(begun, "change takes", "changes take")
                + " effect in the past, that is at once.");
      }
    }
    if (plan.after().policies().isEmpty()) {
      warnings.add("The set has no policy: everything would be served to everybody.");
    }
    if (plan.paths() == null) {
      warnings.add(
          "The catalogs are too large to compare path by path: the routes that differ are listed, and"
              + " not what becomes of the paths.");
    }
    return warnings;
  }

  /** How a policy differs as it is written, in a sentence. */
  public String sentence(PolicyEdit edit) {
    Policy policy = edit.policy();
    String named =
        "The policy " + policy.id() + " (" + policy.title() + ", " + policy.citation() + ")";
    if (edit.before() == null) {
      return named + " is new.";
    }
    if (edit.after() == null) {
      return named + " is taken away.";
    }
    return named + " is written otherwise:";
  }

  /** How a correction differs, in a sentence. */
  public String sentence(CorrectionEdit edit) {
    return corrections.sentence(edit);
  }

  /** What a correction that differs opens and closes, in a sentence or two. */
  public String consequence(CorrectionEdit edit) {
    return corrections.consequence(edit, plan.effects());
  }

  /** Which corrections of the planned set have ended, or end soon. */
  public List<String> endings() {
    return corrections.endings(plan.after());
  }

  /** One value that is written otherwise. */
  public String sentence(PolicyEdit.FieldEdit field) {
    if (field.before() == null) {
      return field.path() + " is new: " + field.after();
    }
    return field.after() == null
        ? field.path() + " is gone; it was " + field.before()
        : field.path() + " was " + field.before() + " and becomes " + field.after();
  }

  /** How a route differs as it is written, in a sentence. */
  public String sentence(RouteEdit edit) {
    return switch (edit.kind()) {
      case ADDED -> "Route " + edit.to() + " is new: " + route(edit.route()) + ".";
      case REMOVED -> "Route " + edit.from() + " is taken away: " + route(edit.route()) + ".";
      case MOVED ->
          "Route "
              + edit.from()
              + " becomes route "
              + edit.to()
              + ", on the other side of others: "
              + route(edit.route())
              + ".";
      case NAMES ->
          "Route "
              + edit.to()
              + (edit.route().names() == FileNames.ANY
                  ? " now takes any file name: "
                  : " now takes portable file names only, from clients to whom something is"
                      + " refused: ")
              + route(edit.route())
              + ".";
      case NOTED -> "Route " + edit.to() + " has another note: " + route(edit.route()) + ".";
    };
  }

  /** A route as a reader takes it in. */
  public static String route(Route route) {
    return route.path()
        + " is "
        + (route.product() == null ? "the product in the path" : route.product())
        + ", "
        + route.activity()
        + (route.names() == FileNames.ANY ? ", names: any" : "");
  }

  /** What some paths were and become, in a sentence. */
  public String sentence(PathChange change) {
    CatalogDiff.Reclassified paths = change.paths();
    return "Paths such as "
        + paths.example()
        + " were "
        + classification(paths.before(), paths.routeBefore())
        + " and become "
        + classification(paths.after(), paths.routeAfter())
        + "."
        + (change.statements().isEmpty() ? " Nobody is refused or served otherwise for that." : "");
  }

  private static String classification(Classification classification, @Nullable Route by) {
    if (by == null) {
      return "unclassified (no route matches)";
    }
    return (by.product() == null ? "the product in the path" : classification.product())
        + ", "
        + classification.activity()
        + " (route "
        + by.path()
        + ")";
  }

  /** What a reader may want to know beside. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    Set<Activity> routed =
        plan.after().catalog().routes().stream().map(Route::activity).collect(Collectors.toSet());
    routed.add(Activity.UNCLASSIFIED);
    Set<Activity> refused = new TreeSet<>();
    plan.after().policies().stream()
        .flatMap(policy -> policy.phases().stream())
        .map(Phase::refuses)
        .forEach(refused::addAll);
    refused.removeAll(routed);
    if (!refused.isEmpty()) {
      notes.add(
          "No route of the catalog leads to "
              + ListText.or(refused)
              + ": what the policies say of "
              + (refused.size() == 1 ? "it" : "them")
              + " concerns no path yet.");
    }
    if (plan.allStatements().stream()
        .flatMap(s -> Stream.of(s.difference().before(), s.difference().after()))
        .anyMatch(outcome -> outcome == Outcome.UNDETERMINED)) {
      notes.add(
          "Undetermined is refused with a text of its own: a policy may reach the client, and nobody"
              + " knows whether it does.");
    }
    if (!plan.allStatements().isEmpty()) {
      notes.add(
          "Of a client of whom several things are known (places, accounts), the strictest outcome"
              + " counts: who is refused for another reason stays refused.");
    }
    if (!plan.effects().isEmpty() && isAnybodyNamedTwice()) {
      notes.add(
          "Of a client whom a correction of its address and one of its agent id both name, no statement"
              + " speaks: ask scripts/policy explain with --address and --agent.");
    }
    return notes;
  }

  private boolean isAnybodyNamedTwice() {
    List<Target> targets =
        Stream.of(plan.before(), plan.after())
            .filter(Objects::nonNull)
            .flatMap(set -> set.corrections().stream())
            .map(correction -> correction.target())
            .toList();
    return targets.stream().anyMatch(Target.Agent.class::isInstance)
        && targets.stream().anyMatch(Target.Addresses.class::isInstance);
  }

  /** The products that a statement speaks of, for machines. */
  static List<String> names(List<Product> products) {
    return products.stream().map(Product::name).toList();
  }

  /** How many of what, in a sentence. */
  public String summary() {
    if (plan.isEmpty()) {
      return "Nothing would change: the files are the set in force.";
    }
    List<String> parts = new ArrayList<>();
    long statements = plan.allStatements().size();
    if (plan.before() == null) {
      parts.add(
          ListText.count(
              statements - plan.effects().size(),
              "statement of what is refused",
              "statements of what is refused"));
      if (!plan.effects().isEmpty()) {
        parts.add(
            ListText.count(
                plan.effects().size(), "difference by corrections", "differences by corrections"));
      }
      parts.add(ListText.count(plan.after().policies().size(), "new policy", "new policies"));
      parts.add(ListText.count(plan.after().catalog().routes().size(), "new route", "new routes"));
    } else {
      List<PlannedChange> all = plan.allStatements();
      long opening = all.stream().filter(s -> s.difference().opens()).count();
      parts.add(
          statements == 0
              ? "no outcome changes"
              : ListText.count(statements, "change of outcomes", "changes of outcomes")
                  + " ("
                  + opening
                  + " milder, "
                  + (statements - opening)
                  + " stricter)");
      parts.add(policies());
      parts.add(
          plan.routes().isEmpty()
              ? "the same routes"
              : ListText.count(plan.routes().size(), "edit of routes", "edits of routes"));
      if (!plan.corrections().isEmpty()) {
        parts.add(
            ListText.count(
                plan.corrections().size(), "edit of corrections", "edits of corrections"));
      }
    }
    return "Summary: " + ListText.and(parts) + ".";
  }

  private String policies() {
    if (plan.policies().isEmpty()) {
      return "the same policies";
    }
    long added = plan.policies().stream().filter(edit -> edit.before() == null).count();
    long removed = plan.policies().stream().filter(edit -> edit.after() == null).count();
    long changed = plan.policies().size() - added - removed;
    List<String> parts = new ArrayList<>();
    if (added > 0) {
      parts.add(added + " new");
    }
    if (removed > 0) {
      parts.add(removed + " taken away");
    }
    if (changed > 0) {
      parts.add(changed + " written otherwise");
    }
    return ListText.count(plan.policies().size(), "policy", "policies")
        + " ("
        + String.join(", ", parts)
        + ")";
  }
}
