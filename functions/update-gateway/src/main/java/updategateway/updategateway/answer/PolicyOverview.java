package updategateway.updategateway.answer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.policy.Activity;
import updategateway.policy.Product;
import updategateway.policy.catalog.Classification;
import updategateway.policy.catalog.Route;
import updategateway.policy.decision.Change;
import updategateway.policy.decision.CompiledPolicySet;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Ground;
import updategateway.policy.decision.Placement;
import updategateway.policy.plan.Vocabulary;

/** What one caller may fetch, per route, product and activity; why, and until when. */
public final class PolicyOverview {
  /** Where it is asked for (RFC 8615). */
  public static final List<String> PATH = List.of(".well-known", "update-policy");

  private final CompiledPolicySet policy;

  public PolicyOverview(CompiledPolicySet policy) {
    this.policy = policy;
  }

  /**
   * All that can be asked for: each route with each product that it can be about, and what no route
   * matches.
   */
  public List<Classification> questions() {
    return entries().map(Entry::asked).distinct().toList();
  }

  /**
   * The overview for the caller of an inquiry; what the inquiry itself asks for does not matter.
   *
   * @param freshFrom from when on it is fresh
   */
  public Answer answer(Inquiry caller, Answers answers, Instant freshFrom) {
    List<Facts> entries = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    entries()
        .forEach(entry -> {
          Decision decision = policy.decide(caller.about(entry.asked()).request());
          decision.nextChange().ifPresent(changes::add);
          entries.add(entry(entry, decision));
        });
    Region region = caller.placed(placement(caller)).region();
    Facts facts =
        new Facts()
            .add("policySet", policy.policySet().digest())
            .add("time", caller.time())
            .add("region", region.places())
            .add("regionSource", region.source())
            .add("regionReason", region.reason())
            .addAll("entries", entries);
    @Nullable Change first = changes.stream().min(Comparator.comparing(Change::at)).orElse(null);
    return answers.overview(facts, first, freshFrom);
  }

  /** Where the caller is, by corrections too. */
  public Placement placement(Inquiry caller) {
    return policy.place(caller.time(), caller.location(), caller.sender());
  }

  private static Facts entry(Entry entry, Decision decision) {
    Facts facts =
        new Facts()
            .add("path", entry.path())
            .add("product", entry.anyOtherProduct() ? "*" : entry.asked().product())
            .add("activity", entry.asked().activity())
            .add("outcome", decision.outcome().word());
    decision
        .nextChange()
        .ifPresent(change -> facts.add("until", change.at()).add("then", change.to().word()));
    return facts.addAll(
        "policies", decision.groundsLawFirst().stream().map(PolicyOverview::ground).toList());
  }

  private static Facts ground(Ground ground) {
    return new Facts()
        .add("policy", ground.policy().id())
        .add("basis", ground.policy().basis().name().toLowerCase(Locale.ROOT))
        .add("citation", ground.policy().citation())
        .add("phase", ground.phase().id())
        .add("effectiveFrom", ground.phase().span().from().instant());
  }

  private Stream<Entry> entries() {
    Vocabulary vocabulary = Vocabulary.of(List.of(policy.policySet()));
    return Stream.concat(
        policy.policySet().catalog().routes().stream().flatMap(route -> entries(route, vocabulary)),
        Stream.of(new Entry(null, Classification.UNCLASSIFIED, false)));
  }

  private static Stream<Entry> entries(Route route, Vocabulary vocabulary) {
    String path = route.path().toString();
    Product own = route.product();
    Activity activity = route.activity();
    if (own != null) {
      return Stream.of(new Entry(path, new Classification(own, activity), false));
    }
    return Stream.concat(
        vocabulary.products().stream()
            .map(product -> new Entry(path, new Classification(product, activity), false)),
        Stream.of(new Entry(path, new Classification(vocabulary.otherProduct(), activity), true)));
  }

  private record Entry(@Nullable String path, Classification asked, boolean anyOtherProduct) {}
}
