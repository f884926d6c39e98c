package updategateway.cli.geo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import updategateway.commandline.ProjectPaths;
import updategateway.commandline.UsageException;
import updategateway.commandline.files.PolicyFolder;
import updategateway.gateway.decision.ClientLocation;
import updategateway.place.IpAddress;
import updategateway.place.Place;
import updategateway.place.SpecialPurposeBlock;
import updategateway.place.SpecialPurposeBlocks;
import updategateway.policy.decision.Evidence;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.ScopeCoverage;
import updategateway.policy.model.Policy;
import updategateway.policy.model.ScopeBasis;
import updategateway.policy.set.PolicySet;
import updategateway.region.ClientLocator;
import updategateway.region.GeoIpDatabase;
import updategateway.region.LocationEvidence;
import updategateway.region.LocationReport;
import updategateway.region.LocationSource;
import updategateway.region.RequestOrigin;

/** {@code scripts/geo lookup}. */
@Command(
    name = "lookup",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    description =
        "Says where the gateway would take a client with this address to be, why, and which policies reach it there.%n")
final class LookupCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();

  @Parameters(paramLabel = "ADDRESS", arity = "1..*", description = "literal addresses")
  private List<String> addresses = new ArrayList<>();

  @Option(
      names = "--database",
      paramLabel = "FILE",
      description =
          "a database in the MaxMind DB format (default: GEO_DATABASE, or the one that was fetched)")
  private @Nullable Path file;

  @Option(
      names = "--policies",
      paramLabel = "DIR",
      description = "the policies and their catalog (default: functions/policies)")
  private @Nullable Path policies;

  @Option(names = "--json", description = "print one JSON document")
  private boolean json;

  @Override
  public Integer call() throws UsageException {
    GeoIpDatabase database = Databases.open(file);
    PolicySet set = new PolicyFolder(policies == null ? ProjectPaths.policies() : policies).read();
    ClientLocator locator = new ClientLocator(new LocationSource.SourceAddress(), database);
    ArrayNode document = JSON.createArrayNode();
    boolean all = true;
    for (String text : addresses) {
      // The very way of an address that calls an HTTP API directly.
      LocationReport located = locator.locate(new RequestOrigin(Map.of(), text, false));
      all &= located.address() != null;
      document.add(finding(text, located, database, set));
    }
    if (json) {
      System.out.println(document.toPrettyString());
    } else {
      System.out.println(
          "By " + database.type() + " of " + database.builtAt().toString().substring(0, 10));
      document.forEach(one -> print((ObjectNode) one));
    }
    return all ? 0 : 1;
  }

  private static ObjectNode finding(
      String text, LocationReport located, GeoIpDatabase database, PolicySet set) {
    ObjectNode one = JSON.createObjectNode().put("asked", text);
    IpAddress inner = located.address();
    Optional<IpAddress> outer = IpAddress.parse(text);
    if (inner != null && outer.isPresent()) {
      one.put("address", outer.get().toString());
      if (!outer.get().equals(inner)) {
        one.put("carries", inner.toString());
      }
      Optional<SpecialPurposeBlock> special = SpecialPurposeBlocks.containing(inner);
      special.ifPresent(block ->
          one.putObject("special")
              .put("range", block.block().toString())
              .put("name", block.name())
              .put("source", block.source()));
      if (special.isEmpty()) {
        database.network(inner).ifPresent(network -> one.put("network", network));
      }
    }
    ArrayNode evidence = one.putArray("evidence");
    for (LocationEvidence said : located.evidence()) {
      ObjectNode piece = evidence.addObject().put("source", said.source());
      switch (said) {
        case LocationEvidence.Trusted known -> piece.put("place", known.code());
        case LocationEvidence.Untrusted doubtful -> piece.put("perhaps", doubtful.place().code());
        case LocationEvidence.Absent _ -> {}
      }
      said.uncertainty().ifPresent(reason -> piece.put("reason", reason.description()));
    }
    Location location = ClientLocation.of(located);
    one.put(
        "concludes",
        switch (location) {
          case Location.Known known -> codes(known.places());
          case Location.Unknown _ -> "unknown";
        });
    ArrayNode reached = one.putArray("policies");
    set.policies().stream()
        .filter(policy -> policy.scope().subjects().contains(ScopeBasis.LOCATED))
        .forEach(policy ->
            reached.addObject().put("policy", policy.id()).put("reach", reach(policy, location)));
    return one;
  }

  private static String codes(List<Place> places) {
    return String.join(",", places.stream().map(Place::code).toList());
  }

  private static String reach(Policy policy, Location location) {
    return new ScopeCoverage(policy.scope())
        .coverage(Evidence.of(location, Registrations.NONE))
        .name()
        .toLowerCase(Locale.ROOT);
  }

  private static void print(ObjectNode one) {
    StringBuilder text = new StringBuilder("\n" + one.path("asked").asText());
    line(text, "carries", one.path("carries").asText());
    one.path("special").properties().stream()
        .map(field -> field.getValue().asText())
        .reduce((first, second) -> first + ", " + second)
        .ifPresent(words -> line(text, "is in", words));
    line(text, "network", one.path("network").asText());
    one.path("evidence")
        .forEach(piece ->
            line(
                text,
                "evidence",
                piece.path("source").asText()
                    + ": "
                    + (piece.has("place") ? piece.path("place").asText() : "")
                    + (piece.has("perhaps")
                        ? "perhaps " + piece.path("perhaps").asText() + ", but "
                        : "")
                    + piece.path("reason").asText()));
    line(text, "concludes", one.path("concludes").asText());
    one.path("policies")
        .forEach(policy ->
            line(
                text,
                "policy",
                policy.path("policy").asText()
                    + switch (policy.path("reach").asText()) {
                      case "in" -> " reaches it";
                      case "out" -> " does not reach it";
                      default -> " may reach it: undetermined";
                    }));
    System.out.println(text);
  }

  private static void line(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append(String.format("%n  %-10s %s", name, value));
    }
  }
}
