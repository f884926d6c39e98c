package updategateway.benchmarks.decision;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import updategateway.place.CidrBlock;
import updategateway.place.Place;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.catalog.PathPattern;
import updategateway.policy.catalog.Route;
import updategateway.policy.decision.Client;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Registrations;
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

/** Policy sets and catalogs of any size, and questions that hit all of what is in them. */
final class LargePolicySets {
  private static final Instant EPOCH = Instant.parse("2024-07-20T04:00:00Z");
  private static final List<String> COUNTRIES =
      List.of("US", "CA", "DE", "FR", "GB", "JP", "UA", "RU", "IR", "KP", "CU", "SY", "BY", "CN");

  /** Products that policies tell apart, each with each place more than is kept of timelines. */
  static final int TOLD_APART = 4_096;

  private static final int CORRECTIONS = 10_000;

  private final RandomGenerator random = new SplittableRandom(20_240_929);

  PolicySet set(int policies, int routes, Shape shape) {
    List<Policy> all = new ArrayList<>();
    for (int i = 0; i < policies; i++) {
      all.add(policy(i, shape));
    }
    return PolicySet.of(
        catalog(routes, policies), all, shape == Shape.CORRECTED ? corrections() : List.of());
  }

  private Policy policy(int number, Shape shape) {
    boolean apart = shape == Shape.APART || shape == Shape.CORRECTED;
    String exempt =
        shape == Shape.TOLD_APART ? "product-" + number % TOLD_APART : "threat-intelligence";
    String country = shape == Shape.OVERLAPPING ? "US" : COUNTRIES.get(number % COUNTRIES.size());
    return new Policy(
        "policy-" + number,
        "A determination",
        "An authority",
        "A citation",
        null,
        PolicyBasis.LAW,
        new Scope(
            List.of(Place.parse(country), Place.parse("UA-43")),
            number % 3 == 0 ? List.of(Place.parse("US-PR")) : List.of(),
            Set.of(ScopeBasis.LOCATED, ScopeBasis.REGISTERED),
            null),
        apart
            ? new ProductSelection.Named(List.of(new Product("product-" + number)))
            : new ProductSelection.All(),
        List.of(
            new Exemption(
                new Selector(new ProductSelection.Named(List.of(new Product(exempt))), null),
                null)),
        List.of(
            phase("agreements", apart ? number % 50 : 0, "new-agreement"),
            phase(
                "updates",
                apart ? 60 + number % 50 : 60,
                "signature-update",
                "patch-update",
                "telemetry")),
        number % 4 == 0
            ? List.of(
                new Permit(
                    "permit",
                    new Interval(time(200), time(300)),
                    new Selector(null, null),
                    "A licence",
                    null))
            : List.of(),
        UndeterminedAction.REFUSE,
        null);
  }

  private static List<Correction> corrections() {
    List<Correction> all = new ArrayList<>();
    for (int i = 0; i < CORRECTIONS; i++) {
      String range = "10." + i % 250 + "." + i / 250 + ".0/24";
      all.add(
          new Correction(
              "correction-" + i,
              new Correction.Target.Addresses(CidrBlock.parse(range)),
              Place.parse("DE"),
              "The network has moved",
              "Somebody",
              new Interval(time(0), time(100)),
              null));
    }
    return all;
  }

  private static Phase phase(String id, int day, String... activities) {
    return new Phase(
        id,
        new Interval(time(day), null),
        List.of(activities).stream().map(Activity::new).toList(),
        null);
  }

  private static LegalInstant time(int day) {
    return LegalInstant.of(EPOCH.plusSeconds(day * 86_400L));
  }

  /**
   * Routes as vendors have them: a folder a product, globs, a route for each of many files' kinds,
   * and wildcards before and after all of them.
   */
  private static Catalog catalog(int routes, int policies) {
    List<Route> all = new ArrayList<>();
    all.add(route("/**/telemetry/**", "product-0", "telemetry"));
    all.add(route("/products/{product}/patches/**", null, "patch-update"));
    all.add(route("/advisories/*.html", "advisories", "informational"));
    for (int i = 0; all.size() < routes - 1; i++) {
      String product = "product-" + i % Math.max(1, policies);
      all.add(
          switch (i % 4) {
            case 0 -> route("/bases/p" + i + "/**", product, "signature-update");
            case 1 -> route("/diffs/*.diff" + i, product, "signature-update");
            case 2 -> route("/licences/p" + i + "/*/v*.key", product, "licensing");
            default -> route("/**/agreement-" + i + ".txt", product, "new-agreement");
          });
    }
    all.add(route("/bases/**", "product-0", "signature-update"));
    return new Catalog(all);
  }

  private static Route route(String path, @Nullable String product, String activity) {
    return new Route(
        PathPattern.parse(path),
        product == null ? null : new Product(product),
        new Activity(activity),
        null);
  }

  /** Segments of a path that some route matches, or none does. */
  List<String> path(int routes, int policies, Shape shape) {
    if (shape == Shape.TOLD_APART) {
      int product = random.nextInt(TOLD_APART);
      return List.of(("products/product-" + product + "/patches/21.18.1.patch").split("/", -1));
    }
    int i = random.nextInt(Math.max(1, routes - 4));
    String path =
        switch (random.nextInt(8)) {
          case 0 -> "bases/p" + i + "/2024/main.cvd";
          case 1 -> "diffs/20240927-20240928.diff" + i;
          case 2 -> "licences/p" + i + "/eu/v7.key";
          case 3 -> "a/b/agreement-" + i + ".txt";
          case 4 -> "x/telemetry/y/z";
          case 5 -> "products/product-" + random.nextInt(policies) + "/patches/21.18.1.patch";
          case 6 -> "advisories/2024-" + i + ".html";
          default -> "nothing/of/that/kind-" + i;
        };
    // A new string for each segment, as a request brings them.
    return List.of(path.split("/", -1));
  }

  /** Whoever asks: nobody whom a correction is about. */
  Client sender() {
    return new Client(InetAddress.ofLiteral("198.41.0." + random.nextInt(256)), "agent-7");
  }

  Instant time() {
    return EPOCH.plusMillis(random.nextLong(-86_400_000L, 400 * 86_400_000L));
  }

  Location location() {
    return switch (random.nextInt(10)) {
      case 0 -> new Location.Unknown();
      case 1 -> Location.in(List.of(place(), place()));
      default -> Location.in(place());
    };
  }

  Registrations registrations() {
    return random.nextInt(10) == 0 ? new Registrations.Known(Set.of(place())) : Registrations.NONE;
  }

  private Place place() {
    return switch (random.nextInt(4)) {
      case 0 -> Place.parse(random.nextBoolean() ? "US-CA" : "US-PR");
      case 1 -> Place.parse("UA-43");
      case 2 -> Place.parse(random.nextBoolean() ? "BR" : "CH-ZH");
      default -> Place.parse(COUNTRIES.get(random.nextInt(COUNTRIES.size())));
    };
  }
}
