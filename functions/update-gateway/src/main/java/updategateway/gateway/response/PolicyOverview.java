package updategateway.gateway.response;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.policy.catalog.Classification;
import updategateway.policy.catalog.Route;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.decision.OutcomeChange;
import updategateway.policy.decision.PermitUse;
import updategateway.policy.decision.RefusalReason;
import updategateway.policy.decision.ResolvedLocation;
import updategateway.policy.diff.Vocabulary;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;

/**
 * The document at {@code /.well-known/update-policy}: what one caller may fetch, per route and
 * activity; why, and until when. Products of a route that get the same answer share an entry, so
 * that its length follows from the answers and not from the products. Immutable.
 */
public final class PolicyOverview {
  /** Where it is asked for (RFC 8615). */
  public static final List<String> PATH = List.of(".well-known", "update-policy");

  /**
   * Characters of all entries. A body is a text in the function's answer, where a character takes
   * at most two bytes: less than half of the megabyte that a load balancer takes.
   */
  private static final int MOST_CHARACTERS = 230_000;

  private final Evaluator policy;
  private final Vocabulary vocabulary;
  private final List<Classification> questions;

  public PolicyOverview(Evaluator policy) {
    this.policy = policy;
    this.vocabulary = Vocabulary.of(List.of(policy.policySet()));
    this.questions =
        Stream.concat(
                policy.policySet().catalog().routes().stream().flatMap(this::questions),
                Stream.of(Classification.UNCLASSIFIED))
            .distinct()
            .toList();
  }

  private Stream<Classification> questions(Route route) {
    Product own = route.product();
    return own == null
        ? Stream.concat(vocabulary.products().stream(), Stream.of(vocabulary.otherProduct()))
            .map(product -> new Classification(product, route.activity()))
        : Stream.of(new Classification(own, route.activity()));
  }

  /** Whether it is that of a policy set. */
  public boolean isOf(Evaluator other) {
    return policy == other;
  }

  /**
   * All that can be asked for: each route with each product that it can be about, and what no route
   * matches.
   */
  public List<Classification> questions() {
    return questions;
  }

  /**
   * The overview for the caller of an inquiry; what the inquiry itself asks for does not matter.
   *
   * @param freshFrom from when on it is fresh
   */
  public Answer answer(Inquiry caller, Answers answers, Instant freshFrom) {
    List<Entry> entries = entries(caller);
    @Nullable OutcomeChange first =
        entries.stream()
            .flatMap(entry -> entry.decision().nextChange().stream())
            .min(Comparator.comparing(OutcomeChange::at))
            .orElse(null);
    List<Facts> kept = new ArrayList<>();
    int left = MOST_CHARACTERS;
    for (Entry entry : entries) {
      Facts facts = facts(entry);
      left -= facts.json().length();
      if (left < 0) {
        break;
      }
      kept.add(facts);
    }
    Region region = caller.placed(placement(caller)).region();
    Facts facts = caller(caller.time(), region).addAll("entries", kept);
    if (kept.size() < entries.size()) {
      facts.add("entriesInAll", entries.size());
    }
    return answers.overview(facts, first, freshFrom);
  }

  /**
   * The same for one path alone.
   *
   * @param caller whose inquiry is about the path, decided
   * @param decision on it, with the first change in any reading of the path
   */
  public Answer answer(Inquiry caller, Decision decision, Answers answers, Instant freshFrom) {
    Classification asked = caller.asked();
    Entry only = new Entry(null, asked.activity(), List.of(asked.product()), false, decision);
    return answers.overview(
        caller(caller.time(), caller.region()).addAll("entries", List.of(facts(only))),
        decision.change(),
        freshFrom);
  }

  private Facts caller(Instant time, Region region) {
    return new Facts()
        .add("policySet", policy.policySet().digest())
        .add("time", time)
        .add("region", region.places())
        .add("regionSource", region.source())
        .add("regionReason", region.reason());
  }

  /** Where the caller is, by corrections too. */
  public ResolvedLocation placement(Inquiry caller) {
    return policy.resolve(caller.time(), caller.location(), caller.sender());
  }

  private List<Entry> entries(Inquiry caller) {
    Map<Activity, List<Entry>> byActivity = new HashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Route route : policy.policySet().catalog().routes()) {
      String path = route.path().toString();
      Product own = route.product();
      if (own != null) {
        entries.add(entry(path, new Classification(own, route.activity()), caller));
      } else {
        byActivity
            .computeIfAbsent(route.activity(), activity -> ofEveryProduct(activity, caller))
            .forEach(entry -> entries.add(entry.at(path)));
      }
    }
    entries.add(entry(null, Classification.UNCLASSIFIED, caller));
    return entries;
  }

  private Entry entry(@Nullable String path, Classification asked, Inquiry caller) {
    return new Entry(
        path, asked.activity(), List.of(asked.product()), false, decide(asked, caller));
  }

  private Decision decide(Classification asked, Inquiry caller) {
    return policy.decide(caller.about(asked).request());
  }

  /**
   * Returns one entry for each answer that products get, in the order of their first products; last
   * the one for all products that no other entry names.
   */
  private List<Entry> ofEveryProduct(Activity activity, Inquiry caller) {
    Decision others = decide(new Classification(vocabulary.otherProduct(), activity), caller);
    String answerOfOthers = answer(others).json();
    Map<String, Entry> byAnswer = new LinkedHashMap<>();
    for (Product product : vocabulary.products()) {
      Decision decision = decide(new Classification(product, activity), caller);
      String answer = answer(decision).json();
      if (!answer.equals(answerOfOthers)) {
        byAnswer
            .computeIfAbsent(
                answer, _ -> new Entry(null, activity, new ArrayList<>(), false, decision))
            .products()
            .add(product);
      }
    }
    List<Entry> entries = new ArrayList<>(byAnswer.values());
    entries.add(new Entry(null, activity, List.of(), true, others));
    return entries;
  }

  private static Facts facts(Entry entry) {
    Facts facts = new Facts().add("path", entry.path());
    if (entry.others()) {
      facts.add("product", "*");
    } else if (entry.products().size() == 1) {
      facts.add("product", entry.products().getFirst());
    } else {
      facts.addFirst("products", entry.products(), Product::name);
    }
    return facts.add("activity", entry.activity()).addAll(answer(entry.decision()));
  }

  private static Facts answer(Decision decision) {
    Facts facts = new Facts().add("outcome", decision.outcome().label());
    decision
        .nextChange()
        .ifPresent(change -> facts.add("until", change.at()).add("then", change.outcome().label()));
    return facts
        .addFirst("policies", decision.reasonsLawFirst(), PolicyOverview::ground)
        .addFirst("permits", decision.permits(), PolicyOverview::permit);
  }

  private static Facts ground(RefusalReason ground) {
    return new Facts()
        .add("policy", ground.policy().id())
        .add("basis", ground.policy().basis().name().toLowerCase(Locale.ROOT))
        .add("citation", ground.policy().citation())
        .add("phase", ground.phase().id())
        .add("effectiveFrom", ground.phase().span().from().instant());
  }

  private static Facts permit(PermitUse use) {
    return new Facts()
        .add("policy", use.policy().id())
        .add("permit", use.permit().id())
        .add("citation", use.permit().citation())
        .add("otherwise", use.withoutPermits().label());
  }

  /**
   * One answer.
   *
   * @param path of the route; null for what no route matches, and for one path alone
   * @param products that get it
   * @param others whether it is for all products that no other entry of the route names
   */
  private record Entry(
      @Nullable String path,
      Activity activity,
      List<Product> products,
      boolean others,
      Decision decision) {
    Entry at(String route) {
      return new Entry(route, activity, products, others, decision);
    }
  }
}
