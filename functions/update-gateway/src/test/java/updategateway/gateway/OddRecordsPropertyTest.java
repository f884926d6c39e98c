package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.decision.ClientLocation;
import updategateway.place.IpAddress;
import updategateway.policy.decision.Client;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.Registrations;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.parse.PolicyFiles;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.region.GeoIpDatabase;
import updategateway.region.LocationEvidence;
import updategateway.region.LocationReport;
import updategateway.region.testing.MmdbWriter;

/** Random types for every member of an address record, compared with the record without it. */
final class OddRecordsPropertyTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final int NETWORKS = 200;
  private static final List<String> FLAGS =
      List.of("is_anonymous", "is_tor_exit_node", "is_satellite_provider", "is_anycast");
  private static final List<String> MEMBERS =
      List.of(
          "country_code",
          "country",
          "represented_country",
          "subdivisions",
          "traits",
          "anonymizer",
          "is_anonymous",
          "is_anonymous_proxy",
          "is_anonymous_vpn",
          "is_public_proxy",
          "is_residential_proxy",
          "is_tor_exit_node",
          "is_satellite_provider",
          "is_anycast",
          "city");
  private static final List<Evaluator> POLICIES =
      List.of(
          policies("locations: [US, PR, GU, VI, AS, MP, UM]", "refuse"),
          policies("locations: [US, PR]\n  except: [US-PR]", "serve"),
          policies("locations: [UA-43]", "refuse"),
          policies("locations: [UA]\n  except: [UA-30]", "refuse"),
          policies("locations: [DE]", "serve"));

  /** Of a value and of a record without it, by the bits of an address. */
  private record Pair(Map<String, Object> with, Map<String, Object> without, String member) {}

  @Property(tries = 50)
  void noOddMemberMakesADecisionMilder(@ForAll long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<Pair> pairs = new ArrayList<>();
    MmdbWriter writer = new MmdbWriter("Test", 6);
    // So many that are well that the database is opened.
    for (int i = 0; i < 101; i++) {
      writer.flat("1.0." + i + ".0/24", "FR");
    }
    for (int i = 0; i < NETWORKS; i++) {
      Pair pair = pair(random);
      pairs.add(pair);
      writer.put("1.1." + i + ".0/24", pair.with());
      writer.put("1.2." + i + ".0/24", pair.without());
    }
    Path file = writer.write(Files.createTempFile("odd", ".mmdb"));
    GeoIpDatabase database = GeoIpDatabase.open(file);
    Files.delete(file);
    for (int i = 0; i < NETWORKS; i++) {
      List<LocationEvidence> with = find(database, "1.1." + i + ".7");
      List<LocationEvidence> without = find(database, "1.2." + i + ".7");
      for (LocationEvidence edge : edges()) {
        for (Evaluator policy : POLICIES) {
          assertThat(outcome(policy, edge, with))
              .as("%s as %s beside %s", pairs.get(i).member(), pairs.get(i), edge)
              .isGreaterThanOrEqualTo(outcome(policy, edge, without));
        }
      }
    }
  }

  private static List<@Nullable LocationEvidence> edges() {
    List<@Nullable LocationEvidence> edges = new ArrayList<>();
    edges.add(null);
    edges.add(new LocationEvidence.Absent(LocationEvidence.Reason.NO_COUNTRY, "edge"));
    for (String country : List.of("DE", "US", "PR", "UA")) {
      edges.add(new LocationEvidence.Trusted(country, null, "edge"));
    }
    edges.add(new LocationEvidence.Trusted("UA", "43", "edge"));
    edges.add(new LocationEvidence.Trusted("UA", "30", "edge"));
    return edges;
  }

  private static List<LocationEvidence> find(GeoIpDatabase database, String address) {
    return database.lookup(IpAddress.parse(address).orElseThrow());
  }

  /** The higher the stricter. */
  private static int outcome(
      Evaluator policy, @Nullable LocationEvidence edge, List<LocationEvidence> found) {
    List<LocationEvidence> evidence = new ArrayList<>();
    if (edge != null) {
      evidence.add(edge);
    }
    evidence.addAll(found);
    Outcome outcome =
        policy
            .decide(
                AT,
                policy.classify(List.of("x")),
                ClientLocation.of(new LocationReport(evidence, null, 0)),
                Client.UNKNOWN,
                () -> Registrations.NONE)
            .outcome();
    return switch (outcome) {
      case SERVE -> 0;
      case UNDETERMINED -> 1;
      case REFUSE -> 2;
    };
  }

  private static Pair pair(SplittableRandom random) {
    Map<String, Object> record = new HashMap<>();
    String country = one(random, List.of("US", "DE", "UA", "PR", "FR"));
    if (random.nextInt(3) > 0) {
      record.put("country", random.nextInt(4) == 0 ? country : Map.of("iso_code", country));
    } else {
      record.put("country_code", country);
    }
    if (random.nextInt(8) == 0) {
      record.put("country_code", one(random, List.of("US", "DE", "UA")));
    }
    if (random.nextInt(3) == 0) {
      String part = one(random, List.of("43", "30", "PR", "IDF"));
      record.put("subdivisions", List.of(Map.of("iso_code", part)));
    }
    if (random.nextInt(5) == 0) {
      record.put("represented_country", Map.of("iso_code", one(random, List.of("US", "DE"))));
    }
    if (random.nextInt(5) == 0) {
      record.put("traits", Map.of(one(random, FLAGS), random.nextBoolean()));
    }
    String member = one(random, MEMBERS);
    Map<String, Object> without = new HashMap<>(record);
    without.remove(member);
    Map<String, Object> with = new HashMap<>(without);
    with.put(member, odd(member, random));
    return new Pair(with, without, member);
  }

  /** Something of a type that the member cannot have. */
  private static Object odd(String member, SplittableRandom random) {
    List<Object> odd =
        new ArrayList<>(
            List.of(
                7,
                7L,
                (byte) 7,
                BigInteger.TWO.pow(90),
                0.5,
                2.5f,
                new byte[] {1, 2},
                MmdbWriter.rawText(0xff, 0xfe),
                List.of(7),
                Map.of("iso_code", 7)));
    if (!member.equals("country") && !member.equals("country_code")) {
      odd.add("what");
    }
    if (member.startsWith("is_")) {
      odd.add(Map.of());
      odd.add(List.of());
    }
    if (member.equals("traits") || member.equals("anonymizer")) {
      odd.add(Map.of(one(random, FLAGS), "what"));
    }
    return one(random, odd);
  }

  private static <T> T one(SplittableRandom random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static Evaluator policies(String scope, String undetermined) {
    String policy =
        """
        id: p
        title: T
        authority: A
        citation: C
        reference: https://example.org/
        scope:
          %s
          subjects: [located]
        products: ["*"]
        phases:
          - id: all
            from: 2024-01-01 00:00 UTC
            refuses: [signature-update]
        undetermined: %s
        """
            .formatted(scope, undetermined);
    String catalog =
        "routes:\n  - path: /**\n    product: endpoint-security\n    activity: signature-update\n";
    try {
      return Evaluator.of(
          PolicyFiles.read(
              List.of(new PolicyFile("catalog.yaml", catalog), new PolicyFile("p.yaml", policy))));
    } catch (InvalidPolicyException e) {
      throw new IllegalStateException(e);
    }
  }
}
