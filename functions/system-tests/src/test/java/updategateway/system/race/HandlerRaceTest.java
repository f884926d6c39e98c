package updategateway.system.race;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import updategateway.gateway.UpdateHandler;
import updategateway.gateway.settings.SettingsReader;
import updategateway.local.edge.Invocation;
import updategateway.place.Place;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.Request;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.parse.PolicyFiles;
import updategateway.policy.set.PolicySet;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.policy.testing.SlowTwin;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.history.Activation;
import updategateway.store.testing.TestTables;

/**
 * One handler under 64 threads, as {@code AWS_LAMBDA_MAX_CONCURRENCY} has it, while sets are put in
 * force one after the other and refreshed all the time: each answer is what the rules, read word by
 * word, make of the one set that it names, and no thread is ever taken back to an older one.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class HandlerRaceTest {
  private static final int THREADS = 64;
  private static final List<String> COUNTRIES = List.of("US", "DE", "FR", "JP", "BR", "UA");
  private static final List<Activity> ACTIVITIES =
      List.of(new Activity("signature-update"), new Activity("patch-update"));
  private static final Instant TIME = Instant.parse("2024-10-01T00:00:00Z");
  private static final JsonMapper JSON = new JsonMapper();

  /** A thousand times as fast as it is: an interval is a millisecond. */
  private static final InstantSource FAST =
      () -> TIME.plus(Duration.ofNanos(System.nanoTime()).multipliedBy(1_000));

  /** In the order in which they are put in force. */
  private final List<PolicySet> sets = new ArrayList<>();

  private final Map<String, Integer> numbers = new HashMap<>();

  /** The number of the last set that decided. */
  private final AtomicInteger latest = new AtomicInteger(-1);

  HandlerRaceTest() throws InvalidPolicyException {
    for (int i = 0; i < 40; i++) {
      PolicySet set = set(i);
      sets.add(set);
      numbers.put(set.digest().hex(), i);
    }
  }

  @Test
  void everyAnswerIsOfOneWholeSetAndNobodyGoesBack() throws Exception {
    StoreSettings tables = TestTables.create();
    AtomicBoolean done = new AtomicBoolean();
    try (PolicyStore store = PolicyStore.open(tables);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      put(store, sets.getFirst());
      UpdateHandler handler = handler(store);
      List<Future<Set<Integer>>> requesters = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        SplittableRandom random = new SplittableRandom(i);
        requesters.add(threads.submit(requests(handler, random, done)));
      }
      for (int next = 1; next <= sets.size(); next++) {
        // Each set decides before the next one comes, unless somebody has seen what is wrong.
        while (latest.get() < next - 1 && requesters.stream().noneMatch(Future::isDone)) {
          Thread.sleep(1);
        }
        if (next < sets.size()) {
          put(store, sets.get(next));
        }
      }
      done.set(true);
      Set<Integer> seen = new HashSet<>();
      for (Future<Set<Integer>> requester : requesters) {
        seen.addAll(requester.get());
      }
      assertThat(seen).as("sets that decided").hasSize(sets.size());
    }
  }

  private Callable<Set<Integer>> requests(
      UpdateHandler handler, SplittableRandom random, AtomicBoolean done) {
    return () -> {
      Set<Integer> seen = new HashSet<>();
      int last = 0;
      while (!done.get()) {
        String country = COUNTRIES.get(random.nextInt(COUNTRIES.size()));
        Activity activity = ACTIVITIES.get(random.nextInt(ACTIVITIES.size()));
        JsonNode answer = send(handler, "/" + activity.name() + "/x", country);
        int number = numbers.getOrDefault(answer.path("headers").path("Policy-Set").asText(), -1);
        assertThat(number).as("the set that decides, by its number").isGreaterThanOrEqualTo(last);
        last = number;
        seen.add(number);
        latest.accumulateAndGet(number, Math::max);
        Outcome expected =
            SlowTwin.decide(
                    sets.get(number),
                    new Request(
                        TIME,
                        new Product("p"),
                        activity,
                        Location.in(Place.parse(country)),
                        Registrations.NONE))
                .outcome();
        assertThat(answer.path("statusCode").asInt())
            .as(activity + " from " + country + " by set " + number)
            .isEqualTo(expected == Outcome.SERVE ? 302 : 451);
      }
      return seen;
    };
  }

  private static UpdateHandler handler(PolicyStore store) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new UpdateHandler(
        SettingsReader.read(
            Map.of(
                "ORIGIN_URL", "https://origin.example",
                "OPERATOR_NAME", "Example Inc.",
                "OPERATOR_URL", "https://vendor.example/legal",
                "CONTACT", "legal@vendor.example",
                "MAX_CLOCK_SKEW_SECONDS", "0")),
        store.policyInForce(FAST, Duration.ofSeconds(1), Duration.ofDays(30), _ -> {}),
        store.agents(FAST),
        FAST,
        nowhere);
  }

  private static JsonNode send(UpdateHandler handler, String path, String country)
      throws IOException {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0").put("rawPath", path).put("rawQueryString", "");
    event.putObject("headers").put("cloudfront-viewer-country", country);
    ObjectNode context = event.putObject("requestContext");
    context.putObject("authorizer").putObject("iam").put("accountId", "1");
    context.put("requestId", "r").put("timeEpoch", TIME.toEpochMilli());
    context.putObject("http").put("method", "GET").put("sourceIp", "203.0.113.77");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(JSON.writeValueAsBytes(event)), out, new Invocation("i"));
    return JSON.readTree(out.toByteArray());
  }

  private static void put(PolicyStore store, PolicySet set) throws Exception {
    store
        .policySets()
        .putInForce(
            set, new Activation.Request("test", "stack", UUID.randomUUID().toString(), null), TIME);
  }

  /** Each refuses other countries, and each activity to others: a mix of two would be seen. */
  private static PolicySet set(int number) throws InvalidPolicyException {
    List<PolicyFile> files = new ArrayList<>();
    StringBuilder catalog = new StringBuilder("routes:\n");
    for (int i = 0; i < ACTIVITIES.size(); i++) {
      String activity = ACTIVITIES.get(i).name();
      catalog.append(
          "  - {path: /%s/**, product: p, activity: %s}\n".formatted(activity, activity));
      String policy =
          """
          id: p%d
          title: number %d
          authority: a
          citation: c
          scope: {locations: [%s], subjects: [located]}
          products: ["*"]
          phases: [{id: f, from: 2024-09-29T00:00Z, refuses: [%s]}]
          undetermined: refuse
          """
              .formatted(i, number, COUNTRIES.get((number + 3 * i) % COUNTRIES.size()), activity);
      files.add(new PolicyFile("p" + i + ".yaml", policy));
    }
    files.add(new PolicyFile("catalog.yaml", catalog.toString()));
    return PolicyFiles.read(files);
  }
}
