package updategateway.gateway.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import updategateway.gateway.testing.Disguises;
import updategateway.place.Place;
import updategateway.policy.catalog.Classification;
import updategateway.policy.decision.Client;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.OutcomeChange;
import updategateway.policy.decision.Registrations;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;

/** What a path is in any case, decided by decisions of the test's own. */
final class PathRulesReadingsTest {
  private static final Instant TIME = Instant.parse("2024-01-01T00:00:00Z");
  private static final Evaluator LOWER = policies("/one/**", "/ONE/*");
  private static final Evaluator OTHER = policies("/other/**", "/two/**");
  private static final Classification FIRST = classification("first");
  private static final Classification SECOND = classification("second");

  private final PathRules rules = new PathRules();
  private final Map<Classification, Decision> decisions = new HashMap<>();

  @Test
  void aServedPathChangesWithTheFirstOfItsReadingsThatDoes() throws Exception {
    for (int first = 1; first < 4; first++) {
      decisions.put(FIRST, served(first));
      decisions.put(SECOND, served(2));
      PathRules.Result result = check(LOWER, "/one/x");
      assertThat(result.classification()).isEqualTo(FIRST);
      assertThat(result.decision().change()).isEqualTo(change(Math.min(first, 2)));
      assertThat(result.isSharedCacheable()).isFalse();
    }
  }

  @Test
  void aReadingWithoutAChangeChangesNothing() throws Exception {
    decisions.put(FIRST, served(1).withChange(null));
    decisions.put(SECOND, served(2));
    assertThat(check(LOWER, "/one/x").decision().change()).isEqualTo(change(2));
    decisions.put(FIRST, served(1));
    decisions.put(SECOND, served(2).withChange(null));
    assertThat(check(LOWER, "/one/x").decision().change()).isEqualTo(change(1));
  }

  @Test
  void anotherPolicySetHasOtherRoutes() throws Exception {
    decisions.put(FIRST, served(1));
    decisions.put(SECOND, served(2));
    decisions.put(Classification.UNCLASSIFIED, served(3));
    assertThat(check(LOWER, "/one/x").classification()).isEqualTo(FIRST);
    assertThat(check(OTHER, "/one/x").classification()).isEqualTo(Classification.UNCLASSIFIED);
    assertThat(check(OTHER, "/two/x").classification()).isEqualTo(SECOND);
    assertThat(check(LOWER, "/one/x").classification()).isEqualTo(FIRST);
  }

  private PathRules.Result check(Evaluator policy, String path) throws MalformedPathException {
    return rules.check(
        RequestPath.parse(path),
        TIME,
        policy.policySet(),
        reading -> Objects.requireNonNull(decisions.get(reading)),
        Optional::empty);
  }

  private static Decision served(int changeAfter) {
    return LOWER
        .decide(
            TIME, FIRST, Location.in(Place.parse("DE")), Client.UNKNOWN, () -> Registrations.NONE)
        .withChange(change(changeAfter));
  }

  private static OutcomeChange change(int after) {
    return new OutcomeChange(TIME.plusSeconds(after), Outcome.REFUSE);
  }

  private static Classification classification(String activity) {
    return new Classification(new Product("one"), new Activity(activity));
  }

  private static Evaluator policies(String first, String second) {
    return Disguises.policy(
        "routes:\n  - {path: \"%s\", product: one, activity: first}\n".formatted(first)
            + "  - {path: \"%s\", product: one, activity: second}\n".formatted(second));
  }
}
