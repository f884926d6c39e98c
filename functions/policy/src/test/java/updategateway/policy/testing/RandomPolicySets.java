package updategateway.policy.testing;

import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.place.CidrBlock;
import updategateway.place.Place;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.catalog.FileNames;
import updategateway.policy.catalog.PathPattern;
import updategateway.policy.catalog.Route;
import updategateway.policy.decision.Client;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.Request;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Correction;
import updategateway.policy.model.Exemption;
import updategateway.policy.model.Interval;
import updategateway.policy.model.LegalInstant;
import updategateway.policy.model.Permit;
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

/**
 * Random policy sets, and requests that hit their edges: few words, so that rules meet, and
 * instants on, one millisecond before and one millisecond after every boundary.
 */
public final class RandomPolicySets {
  private static final List<Place> PLACES =
      Stream.of(
              "US, PR, US-GU, US-CA, UA, UA-43, UA-14, DE, DE-BY, XK, FR, FR-974",
              "GB, GB-SCT, GB-EDH, CN-HK, HK, SJ, NO-21")
          .flatMap(codes -> Stream.of(codes.split(", ", -1)))
          .map(Place::parse)
          .toList();
  private static final List<Product> PRODUCTS =
      List.of("endpoint-security", "threat-intelligence", "vpn").stream()
          .map(Product::new)
          .toList();
  private static final List<Activity> ACTIVITIES =
      List.of("signature-update", "patch-update", "informational", "unclassified").stream()
          .map(Activity::new)
          .toList();
  private static final List<Correction.Target> TARGETS =
      Stream.concat(
              Stream.of(
                      "198.41.0.0/16",
                      "198.41.7.0/24",
                      "198.41.7.64/26",
                      "198.41.7.65/32",
                      "2600::/24",
                      "2600:0:1::/48",
                      "2600:0:1::1/128")
                  .map(CidrBlock::parse)
                  .map(Correction.Target.Addresses::new),
              Stream.of("agent-1", "agent-2").map(Correction.Target.Agent::new))
          .map(Correction.Target.class::cast)
          .toList();
  private static final List<String> ADDRESSES =
      List.of(
          "198.41.7.65",
          "198.41.7.64",
          "198.41.7.63",
          "198.41.8.1",
          "198.42.0.0",
          "8.8.8.8",
          "2600:0:1::1",
          "2600:0:1::2",
          "2600:0:2::",
          "2600:100::",
          "::");
  private static final Instant EPOCH = Instant.parse("2024-07-20T04:00:00Z");

  private final RandomGenerator random;

  public RandomPolicySets(RandomGenerator random) {
    this.random = random;
  }

  /** A set of none to four policies and a small catalog. */
  public PolicySet policySet() {
    return policySet(random.nextInt(5));
  }

  /** A set of so many policies and a small catalog. */
  public PolicySet policySet(int size) {
    List<Policy> policies = IntStream.range(0, size).mapToObj(i -> policy("policy-" + i)).toList();
    return PolicySet.of(catalog(), policies);
  }

  /** A set that also says where some clients are, half an hour at a time. */
  public PolicySet correctedPolicySet() {
    PolicySet set = policySet();
    List<Correction> corrections = new ArrayList<>();
    Map<Correction.Target, Long> free = new HashMap<>();
    for (int i = random.nextInt(1, 7); i > 0; i--) {
      Correction.Target target = oneOf(TARGETS);
      long from = free.getOrDefault(target, 0L) + random.nextLong(12);
      long until = from + 1 + random.nextLong(12);
      free.put(target, until);
      corrections.add(
          new Correction(
              "correction-" + i,
              target,
              place(),
              "because \u00fc",
              "somebody",
              new Interval(time(from), time(until)),
              maybe(() -> "note")));
    }
    return PolicySet.of(set.catalog(), set.policies(), corrections);
  }

  /** A request of somebody whom the set's corrections are likely to be about. */
  public Request correctedRequest(PolicySet set) {
    Request request = request(set);
    Instant time =
        random.nextBoolean()
            ? request.time()
            : oneOf(set.corrections()).span().from().instant().plusMillis(random.nextInt(-1, 2));
    return new Request(
        time,
        request.product(),
        request.activity(),
        request.location(),
        request.registrations(),
        client());
  }

  private Client client() {
    @Nullable String address = random.nextInt(6) == 0 ? null : oneOf(ADDRESSES);
    return new Client(
        address == null ? null : InetAddress.ofLiteral(address),
        random.nextInt(3) > 0 ? null : oneOf(List.of("agent-1", "agent-2", "agent-3")));
  }

  /** A request that the set's rules are likely to be about. */
  public Request request(PolicySet set) {
    return new Request(
        instant(set),
        oneOf(productsAndOne()),
        oneOf(activitiesAndOne()),
        location(),
        registrations());
  }

  /**
   * What registrations can be, as far as one alone can matter: each place that the sets may name,
   * one that none names, a part of each country that none names, and that nobody could be asked.
   */
  public static Stream<Registrations> everyRegistration() {
    return Stream.concat(
        Stream.of(new Registrations.Unknown()),
        Stream.concat(
                PLACES.stream(),
                Stream.of(
                        "IS", "US-WY", "UA-99", "DE-BE", "FR-75", "GB-GLG", "GB-NIR", "CN-BJ",
                        "NO-03")
                    .map(Place::parse))
            .map(place -> new Registrations.Known(Set.of(place))));
  }

  /** On a boundary of the set, a millisecond beside it, or anywhere. */
  public Instant instant(PolicySet set) {
    List<Instant> boundaries = new ArrayList<>(SlowTwin.boundaries(set));
    if (boundaries.isEmpty() || random.nextInt(8) == 0) {
      return EPOCH.plusMillis(random.nextLong(-1_000_000, 40_000_000));
    }
    return oneOf(boundaries).plusMillis(random.nextInt(-1, 2));
  }

  private Policy policy(String id) {
    return new Policy(
        id,
        "Title of " + id,
        "Authority \u00fc \"quoted\"",
        "Citation: 89 FR 52434",
        maybe(() -> URI.create("https://law.example/" + id)),
        oneOf(List.of(PolicyBasis.values())),
        scope(),
        products(),
        list(
            0,
            random.nextInt(3) == 0 ? 3 : 1,
            () -> new Exemption(matter(true), maybe(() -> "because"))),
        distinctIds(list(1, 4, this::phase), "phase-"),
        distinctPermits(list(0, random.nextInt(2) == 0 ? 4 : 1, this::permit)),
        random.nextBoolean() ? UndeterminedAction.REFUSE : UndeterminedAction.SERVE,
        maybe(() -> "[check: note]"));
  }

  private Scope scope() {
    Set<ScopeBasis> subjects = new HashSet<>();
    subjects.add(oneOf(List.of(ScopeBasis.values())));
    subjects.add(oneOf(List.of(ScopeBasis.values())));
    return new Scope(
        some(PLACES, 1), random.nextBoolean() ? List.of() : some(PLACES, 1), subjects, null);
  }

  private ProductSelection products() {
    return random.nextBoolean()
        ? new ProductSelection.All()
        : new ProductSelection.Named(some(PRODUCTS, 1));
  }

  private Selector matter(boolean notEmpty) {
    @Nullable ProductSelection products = maybe(this::products);
    @Nullable List<Activity> activities = maybe(() -> some(ACTIVITIES, 1));
    return notEmpty && products == null && activities == null
        ? new Selector(new ProductSelection.Named(some(PRODUCTS, 1)), null)
        : new Selector(products, activities);
  }

  private Phase phase() {
    return new Phase("x", span(random.nextInt(3) == 0), some(ACTIVITIES, 1), maybe(() -> "note"));
  }

  private Permit permit() {
    return new Permit("x", span(true), matter(false), "Licence 7", maybe(() -> "note"));
  }

  private Interval span(boolean ends) {
    long from = random.nextLong(20);
    return new Interval(time(from), ends ? time(from + 1 + random.nextLong(12)) : null);
  }

  /** Few instants, half an hour apart, so that boundaries of different rules coincide. */
  private static LegalInstant time(long step) {
    return LegalInstant.of(EPOCH.plusSeconds(step * 1800));
  }

  private static List<Phase> distinctIds(List<Phase> phases, String prefix) {
    return IntStream.range(0, phases.size())
        .mapToObj(i ->
            new Phase(
                prefix + i, phases.get(i).span(), phases.get(i).refuses(), phases.get(i).note()))
        .toList();
  }

  private static List<Permit> distinctPermits(List<Permit> permits) {
    return IntStream.range(0, permits.size())
        .mapToObj(i -> {
          Permit permit = permits.get(i);
          return new Permit(
              "permit-" + i, permit.span(), permit.matter(), permit.citation(), permit.note());
        })
        .toList();
  }

  private Catalog catalog() {
    return new Catalog(
        List.of(
            new Route(
                PathPattern.parse("/bases/**"),
                new Product("endpoint-security"),
                new Activity("signature-update"),
                random.nextInt(4) == 0 ? FileNames.ANY : FileNames.PORTABLE,
                maybe(() -> "note")),
            new Route(
                PathPattern.parse("/products/{product}/patches/**"),
                null,
                new Activity("patch-update"),
                null)));
  }

  private Location location() {
    if (random.nextInt(4) == 0) {
      return new Location.Unknown(random.nextInt(8) == 0 ? some(PLACES, 1) : List.of());
    }
    List<Place> places =
        IntStream.range(0, random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 1)
            .mapToObj(_ -> place())
            .toList();
    return new Location.Known(places, places.subList(0, 1 + random.nextInt(places.size())));
  }

  private Place place() {
    List<String> more =
        List.of("JP", "US-NY", "UA-30", "DE-BE", "US-PR", "RE", "GB-GLG", "GB-GBN", "NO-22");
    return random.nextInt(3) == 0 ? Place.parse(oneOf(more)) : oneOf(PLACES);
  }

  private Registrations registrations() {
    return switch (random.nextInt(6)) {
      case 0 -> new Registrations.Unknown();
      case 1, 2 -> new Registrations.Known(new HashSet<>(some(PLACES, 1)));
      default -> Registrations.NONE;
    };
  }

  private List<Product> productsAndOne() {
    List<Product> all = new ArrayList<>(PRODUCTS);
    all.add(new Product("never-named"));
    return all;
  }

  private List<Activity> activitiesAndOne() {
    List<Activity> all = new ArrayList<>(ACTIVITIES);
    all.add(new Activity("never-refused"));
    return all;
  }

  private <T> List<T> some(List<T> from, int least) {
    Set<T> chosen = new LinkedHashSet<>();
    int most = least + random.nextInt(Math.min(3, from.size()));
    while (chosen.size() < most) {
      chosen.add(oneOf(from));
    }
    return List.copyOf(chosen);
  }

  private <T> List<T> list(int least, int below, Supplier<T> item) {
    return IntStream.range(0, random.nextInt(least, below)).mapToObj(_ -> item.get()).toList();
  }

  private <T> T oneOf(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private <T> @Nullable T maybe(Supplier<T> some) {
    return random.nextBoolean() ? some.get() : null;
  }
}
