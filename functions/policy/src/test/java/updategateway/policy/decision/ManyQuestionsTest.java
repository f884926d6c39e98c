package updategateway.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import updategateway.place.Place;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Exemption;
import updategateway.policy.model.Interval;
import updategateway.policy.model.LegalInstant;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;
import updategateway.policy.model.PolicyBasis;
import updategateway.policy.model.Product;
import updategateway.policy.model.ProductSelection;
import updategateway.policy.model.Scope;
import updategateway.policy.model.ScopeBasis;
import updategateway.policy.model.Selector;
import updategateway.policy.model.UndeterminedAction;
import updategateway.policy.set.PolicySet;
import updategateway.policy.testing.RandomPolicySets;
import updategateway.policy.testing.SlowTwin;

/** Many policies and ever other questions: the same answers, and no more work for each. */
final class ManyQuestionsTest {
  private static final Instant FROM = Instant.parse("2024-09-29T04:00:00Z");
  private static final Activity UPDATE = new Activity("signature-update");
  private static final int PRODUCTS = 512;

  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void byManyPoliciesRequestsAreDecidedAsTheRulesSay() {
    SplittableRandom random = new SplittableRandom(512);
    int named = 0;
    for (int s = 0; s < 60; s++) {
      RandomPolicySets sets = new RandomPolicySets(random);
      PolicySet set = sets.policySet(20 + random.nextInt(200));
      Evaluator compiled = Evaluator.of(set);
      for (int r = 0; r < 60; r++) {
        Request request = sets.request(set);
        Decision decision = compiled.decide(request);
        assertThat(answer(decision)).isEqualTo(SlowTwin.decide(set, request));
        assertThat(decision.grounds().size()).isEqualTo(answer(decision).policies().size());
        assertThat(decision.grounds().isEmpty()).isEqualTo(decision.outcome() == Outcome.SERVE);
        named = Math.max(named, decision.grounds().size());
      }
    }
    assertThat(named).isGreaterThan(40);
  }

  @Test
  void productsThatManyPoliciesTellApartCostNoMoreThanOne() {
    Evaluator compiled = Evaluator.of(exempting(10_000, PRODUCTS, 40));
    List<Request> all = new ArrayList<>();
    for (int i = 0; i < PRODUCTS; i++) {
      all.add(request(i, "US"));
    }
    decide(compiled, all);
    assertThat(allocated(compiled, all)).isLessThan(64L * PRODUCTS);
    long one = nanos(compiled, List.of(all.getFirst()), PRODUCTS);
    long each = nanos(compiled, all, 1);
    assertThat(each).isLessThan(20 * one + 2_000_000);
  }

  /** All that is kept is forgotten several times a round. */
  @Test
  void moreQuestionsThanAreKeptAreDecidedAsTheRulesSayWithoutAWalkOverAllPolicies() {
    int products = 4_096;
    PolicySet set = exempting(10_000, products, 40);
    Evaluator compiled = Evaluator.of(set);
    List<Request> all = new ArrayList<>();
    for (String country : List.of("US", "DE", "FR", "JP", "GB")) {
      for (int i = 0; i < products; i++) {
        all.add(request(i, country));
      }
    }
    decide(compiled, all);
    // A reference to each policy would be more.
    assertThat(allocated(compiled, all) / all.size()).isLessThan(8_000);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 6; i++) {
      Request request = all.get(random.nextInt(all.size()));
      assertThat(answer(compiled.decide(request))).isEqualTo(SlowTwin.decide(set, request));
    }
  }

  /** Forgetting must not mix questions up. */
  @Test
  void whatIsForgottenIsMadeAgainTheSame() {
    PolicySet set = exempting(300, 300, 300);
    Evaluator compiled = Evaluator.of(set);
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 20_000; i++) {
      Location location =
          random.nextInt(4) == 0
              ? Location.in(List.of(place(random), place(random)))
              : Location.in(place(random));
      Request request =
          new Request(
              FROM.plusSeconds(86_400L * random.nextInt(300)),
              new Product("product-" + random.nextInt(300)),
              UPDATE,
              location,
              Registrations.NONE);
      Decision decision = compiled.decide(request);
      if (i % 400 == 0) {
        assertThat(answer(decision)).isEqualTo(SlowTwin.decide(set, request));
      }
    }
  }

  private static Place place(SplittableRandom random) {
    return Place.parse(List.of("US", "DE", "FR", "JP", "GB", "IS").get(random.nextInt(6)));
  }

  /** All are about every product, and each exempts one. */
  private static PolicySet exempting(int policies, int products, int days) {
    List<Policy> all = new ArrayList<>();
    for (int i = 0; i < policies; i++) {
      all.add(
          new Policy(
              "policy-" + i,
              "A determination",
              "An authority",
              "A citation",
              null,
              PolicyBasis.LAW,
              new Scope(
                  List.of(
                      Place.parse("US"), Place.parse(List.of("DE", "FR", "JP", "GB").get(i % 4))),
                  List.of(),
                  Set.of(ScopeBasis.LOCATED),
                  null),
              new ProductSelection.All(),
              List.of(
                  new Exemption(
                      new Selector(
                          new ProductSelection.Named(
                              List.of(new Product("product-" + i % products))),
                          null),
                      null)),
              List.of(
                  new Phase(
                      "updates",
                      new Interval(LegalInstant.of(FROM.plusSeconds(86_400L * (i % days))), null),
                      List.of(UPDATE),
                      null)),
              List.of(),
              UndeterminedAction.REFUSE,
              null));
    }
    return PolicySet.of(new Catalog(List.of()), all);
  }

  private static Request request(int product, String country) {
    return new Request(
        FROM.plusSeconds(86_400L * 20_000),
        new Product("product-" + product),
        UPDATE,
        Location.in(Place.parse(country)),
        Registrations.NONE);
  }

  private static void decide(Evaluator compiled, List<Request> requests) {
    for (int i = 0; i < requests.size(); i++) {
      if (compiled.decide(requests.get(i)).outcome() != Outcome.REFUSE) {
        throw new AssertionError(requests.get(i));
      }
    }
  }

  private static long allocated(Evaluator compiled, List<Request> requests) {
    long before = THREAD.getCurrentThreadAllocatedBytes();
    decide(compiled, requests);
    return THREAD.getCurrentThreadAllocatedBytes() - before;
  }

  /** Of processor time: the least of some attempts. */
  private static long nanos(Evaluator compiled, List<Request> requests, int times) {
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 5; attempt++) {
      long before = THREAD.getCurrentThreadCpuTime();
      for (int i = 0; i < times; i++) {
        decide(compiled, requests);
      }
      least = Math.min(least, THREAD.getCurrentThreadCpuTime() - before);
    }
    return least;
  }

  private static SlowTwin.Answer answer(Decision decision) {
    return SlowTwin.Answer.of(decision);
  }
}
