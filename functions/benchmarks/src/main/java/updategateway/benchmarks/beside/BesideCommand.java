package updategateway.benchmarks.beside;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import updategateway.benchmarks.measure.Report;
import updategateway.benchmarks.measure.Results;
import updategateway.benchmarks.measure.Series;
import updategateway.local.CommandLineTool;
import updategateway.local.Project;
import updategateway.local.UsageException;
import updategateway.local.files.PolicyFolder;
import updategateway.local.packaging.Folders;
import updategateway.policy.Activity;
import updategateway.policy.Place;
import updategateway.policy.Product;
import updategateway.policy.decision.CompiledPolicySet;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.Request;

/**
 * The shipped policy, decided by the gateway, by OPA and by Cedar, each in a process of its own
 * language and on the same requests. Only where all outcomes are the same are times worth
 * comparing: others are an error. What is decided is one request whose product, activity, place and
 * registrations are known; none of the three reads a path or an event.
 */
@Command(
    name = "scripts/bench beside",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures a decision by the shipped policy beside OPA and Cedar.%n")
public final class BesideCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long SEED = 791_109;
  private static final int REQUESTS = 500;
  private static final int TURNS = 10;
  private static final int WARM_UP = 3;
  private static final long TURN_NANOS = 500_000_000;
  private static final String OURS = "gateway";
  private static final List<String> PRODUCTS =
      List.of("endpoint-security", "threat-intelligence", "security-training", "other");
  private static final List<String> ACTIVITIES =
      List.of(
          "signature-update",
          "patch-update",
          "telemetry",
          "licensing",
          "new-agreement",
          "installer",
          "informational",
          "unclassified");
  private static final List<String> PLACES = List.of("", "US", "PR", "GU", "DE", "FR", "FM");
  private static final List<Instant> BOUNDARIES =
      List.of(Instant.parse("2024-07-20T04:00:00Z"), Instant.parse("2024-09-29T04:00:00Z"));

  @Option(
      names = "--requests-of-opa",
      defaultValue = "9",
      description = "how many of the requests OPA is timed on (default: ${DEFAULT-VALUE})")
  private int requestsOfOpa;

  @Mixin private Results results = new Results();

  /**
   * One request.
   *
   * @param located two letters; empty when nobody knows
   */
  private record Asked(
      Instant time, String product, String activity, String located, List<String> registered) {
    Request request() {
      return new Request(
          time,
          new Product(product),
          new Activity(activity),
          located.isEmpty() ? new Location.Unknown() : Location.in(Place.parse(located)),
          registered.isEmpty()
              ? Registrations.NONE
              : new Registrations.Known(registered.stream().map(Place::parse).toList()));
    }

    ObjectNode json() {
      ObjectNode node = JSON.createObjectNode();
      node.put("time", time.toEpochMilli());
      node.put("product", product).put("activity", activity).put("located", located);
      ArrayNode all = node.putArray("registered");
      registered.forEach(all::add);
      return node;
    }
  }

  /** Started by the script. */
  public static void main(String[] arguments) {
    System.exit(CommandLineTool.run(new BesideCommand(), arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<Asked> asked = questions();
    CompiledPolicySet compiled = CompiledPolicySet.of(new PolicyFolder(Project.policies()).read());
    List<Request> requests = asked.stream().map(Asked::request).toList();
    List<String> outcomes =
        requests.stream()
            .map(request -> compiled.decide(request).outcome().name().toLowerCase(Locale.ROOT))
            .toList();
    Report report =
        new Report(
            "beside",
            "A decision by the shipped policy, beside OPA and Cedar",
            InstantSource.system().instant());
    Series ours = new Series(OURS, "ns", ours(compiled, requests.toArray(Request[]::new)));
    report.add(ours);
    Path work = Files.createTempDirectory("beside");
    try {
      Path all = work.resolve("requests.json");
      ObjectNode root = JSON.createObjectNode();
      ArrayNode array = root.putArray("requests");
      asked.forEach(one -> array.add(one.json()));
      JSON.writeValue(all.toFile(), root);
      opa(asked, outcomes, all, work)
          .ifPresent(opa -> {
            report.add(opa);
            report.note(times("OPA", opa, ours));
          });
      cedar(outcomes, all)
          .ifPresent(cedar -> {
            report.add(cedar);
            report.note(times("Cedar", cedar, ours));
          });
    } finally {
      Folders.delete(work);
    }
    Map<String, Integer> kinds = new TreeMap<>();
    outcomes.forEach(outcome -> kinds.merge(outcome, 1, Integer::sum));
    report.note(
        REQUESTS
            + " requests, the same outcomes by all that are shown: "
            + kinds
            + ". OPA's are"
            + " of `opa bench`, each of another request; the others of all requests in turn.");
    results.publish(report);
    return 0;
  }

  private static String times(String name, Series other, Series ours) {
    return String.format(
        Locale.ROOT,
        "%s takes %.0f times as long as the gateway.",
        name,
        other.median() / ours.median());
  }

  private static List<Asked> questions() {
    Random random = new Random(SEED);
    List<Asked> asked = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      Instant boundary = any(random, BOUNDARIES);
      asked.add(
          new Asked(
              boundary.plusMillis(any(random, List.of(-86_400_000L, -1L, 0L, 1L, 86_400_000L))),
              random.nextBoolean() ? PRODUCTS.getFirst() : any(random, PRODUCTS),
              any(random, ACTIVITIES),
              any(random, PLACES),
              Stream.generate(() -> any(random, PLACES.subList(1, PLACES.size())))
                  .limit(Math.max(0, random.nextInt(5) - 2))
                  .distinct()
                  .toList()));
    }
    return asked;
  }

  private static <T> T any(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static List<Double> ours(CompiledPolicySet compiled, Request[] requests) {
    List<Double> nanos = new ArrayList<>();
    long refused = 0;
    for (int turn = 0; turn < TURNS; turn++) {
      long begun = System.nanoTime();
      long decided = 0;
      while (System.nanoTime() - begun < TURN_NANOS) {
        for (Request request : requests) {
          Decision decision = compiled.decide(request);
          refused += decision.outcome() == Outcome.REFUSE ? 1 : 0;
        }
        decided += requests.length;
      }
      nanos.add((double) (System.nanoTime() - begun) / decided);
    }
    if (refused == 0) {
      throw new IllegalStateException("nothing was refused, so that nothing was decided");
    }
    return nanos.subList(WARM_UP, TURNS);
  }

  private Optional<Series> opa(List<Asked> asked, List<String> outcomes, Path all, Path work)
      throws Exception {
    Optional<Path> opa = find("opa");
    if (opa.isEmpty()) {
      System.err.println(
          "OPA is not here: go install github.com/open-policy-agent/opa@v1.4.2 puts it into"
              + " ~/go/bin, where it is found. Measuring without it.");
      return Optional.empty();
    }
    System.err.println("OPA …");
    String rules = sources().resolve("shipped.rego").toString();
    JsonNode result =
        JSON.readTree(
            run(
                opa.get().toString(),
                "eval",
                "--format",
                "json",
                "--data",
                rules,
                "--input",
                all.toString(),
                "data.shipped.outcomes"));
    require(outcomes, result.at("/result/0/expressions/0/value"), "OPA");
    List<Double> nanos = new ArrayList<>();
    for (int i = 0; i < requestsOfOpa; i++) {
      Path one = work.resolve("request.json");
      JSON.writeValue(one.toFile(), asked.get(i * asked.size() / requestsOfOpa).json());
      JsonNode bench =
          JSON.readTree(
              run(
                  opa.get().toString(),
                  "bench",
                  "--format",
                  "json",
                  "--data",
                  rules,
                  "--input",
                  one.toString(),
                  "data.shipped.outcome"));
      nanos.add(bench.path("T").asDouble() / bench.path("N").asDouble());
    }
    return Optional.of(new Series("OPA, a query prepared", "ns", nanos));
  }

  private static Optional<Series> cedar(List<String> outcomes, Path all) throws Exception {
    Optional<Path> built = find("cedar-beside");
    Optional<Path> cargo = find("cargo");
    if (built.isEmpty() && cargo.isEmpty()) {
      System.err.println(
          "Cedar is not here: it is built with Rust's cargo (https://rustup.rs puts it into"
              + " ~/.cargo/bin, where it is found). Measuring without it.");
      return Optional.empty();
    }
    Path program;
    if (built.isPresent()) {
      program = built.get();
    } else {
      System.err.println("Building Cedar (some minutes, the first time) …");
      // A copy, since cargo writes beside what it reads.
      Path crate = Project.rooms().resolve("benchmarks/target/cedar").toAbsolutePath();
      Files.createDirectories(crate.resolve("src"));
      for (String file : List.of("Cargo.toml", "src/main.rs")) {
        Files.copy(
            sources().resolve("cedar").resolve(file),
            crate.resolve(file),
            StandardCopyOption.REPLACE_EXISTING);
      }
      run(
          cargo.orElseThrow().toString(),
          "build",
          "--quiet",
          "--release",
          "--manifest-path",
          crate.resolve("Cargo.toml").toString());
      program = crate.resolve("target/release/cedar-beside");
    }
    System.err.println("Cedar …");
    JsonNode result =
        JSON.readTree(
            run(program.toString(), sources().resolve("shipped.cedar").toString(), all.toString()));
    require(outcomes, result.path("outcomes"), "Cedar");
    List<Double> nanos = new ArrayList<>();
    result.path("nanos").forEach(one -> nanos.add(one.asDouble()));
    return Optional.of(new Series("Cedar, its authorizer in Rust", "ns", nanos));
  }

  private static Path sources() {
    return Project.rooms().resolve("benchmarks/src/main/beside").toAbsolutePath();
  }

  private static void require(List<String> outcomes, JsonNode others, String name)
      throws UsageException {
    for (int i = 0; i < outcomes.size(); i++) {
      if (!others.path(i).asText().equals(outcomes.get(i))) {
        throw new UsageException(
            name
                + " decides request "
                + i
                + " as "
                + others.path(i).asText()
                + ", and the gateway "
                + outcomes.get(i)
                + ": they do not have the same rules");
      }
    }
  }

  /** On the path, or where the tools that install it put it. */
  private static Optional<Path> find(String program) {
    String home = System.getProperty("user.home");
    return Stream.concat(
            Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)),
            Stream.of(home + "/go/bin", home + "/.cargo/bin"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String run(String... command) throws Exception {
    Path errors = Files.createTempFile("beside", ".log");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(
            String.join(" ", command) + " failed:\n" + said + Files.readString(errors));
      }
      return said;
    } finally {
      Files.delete(errors);
    }
  }
}
