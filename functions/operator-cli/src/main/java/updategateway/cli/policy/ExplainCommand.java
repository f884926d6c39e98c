package updategateway.cli.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import updategateway.cli.policy.explain.ExplanationJson;
import updategateway.cli.policy.explain.ExplanationText;
import updategateway.cli.policy.explain.UnknownTermsText;
import updategateway.cli.text.InstantText;
import updategateway.commandline.TimeOption;
import updategateway.commandline.UsageException;
import updategateway.gateway.path.MalformedPathException;
import updategateway.gateway.path.RequestPath;
import updategateway.place.IpAddress;
import updategateway.place.Place;
import updategateway.policy.catalog.Classification;
import updategateway.policy.catalog.RouteMatcher;
import updategateway.policy.decision.Client;
import updategateway.policy.decision.DecisionTrace;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.Request;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;
import updategateway.policy.parse.PlaceParser;
import updategateway.policy.parse.TimeParser;
import updategateway.policy.set.PolicySet;

/** {@code scripts/policy explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 120,
    parameterListHeading = "%n",
    optionListHeading = "%n",
    description = {
      "Explains a decision rule by rule: whom each policy reaches, whether it applies, what comes of all together, and"
          + " when that changes."
    },
    footer = {
      "",
      "Without --country nobody knows where the client is. " + TimeOption.NOTATION,
      "",
      "  scripts/policy explain --country US --path /bases/main.cvd --at '2024-09-29 00:00 America/New_York'",
      "  scripts/policy explain --country DE --registered US --product vpn --activity patch-update",
      "",
      "  scripts/policy explain --stack update-gateway --decision '{\"outcome\":\"refuse\", …}'",
      "  scripts/policy explain --dynamodb http://127.0.0.1:8000 --decision - < decisions.log",
      "",
      "Needs no table, unless --in-force asks for the set in force, or --decision has a line of another set than the files'.",
      "Exit codes: 0 when it is explained, whatever the outcome; 1 when a line's decision is not the same again, or what the",
      "table holds does not verify; 2 when it cannot be done as asked, or the files have mistakes."
    })
final class ExplainCommand implements Callable<Integer> {
  @Option(
      names = "--country",
      paramLabel = "CC",
      split = ",",
      description =
          "where the request comes from: ISO 3166-1 alpha-2, or 3166-2 such as UA-43; several where"
              + " sources disagree")
  private List<String> countries = new ArrayList<>();

  @Option(
      names = "--subdivision",
      paramLabel = "PART",
      description = "the part of the country, such as CA or US-CA (default: not known)")
  private @Nullable String subdivision;

  @Option(
      names = "--registered",
      paramLabel = "CC",
      arity = "1..*",
      split = ",",
      description = "where the client's account belongs; `unknown` when nobody could look it up")
  private List<String> registered = new ArrayList<>();

  @Option(
      names = "--address",
      paramLabel = "IP",
      description = "the client's address, which a correction may be about")
  private @Nullable String address;

  @Option(
      names = "--agent",
      paramLabel = "ID",
      description = "what the client calls itself, which a correction may be about")
  private @Nullable String agent;

  @Option(names = "--product", paramLabel = "NAME", description = "what is asked for")
  private @Nullable String product;

  @Option(
      names = "--activity",
      paramLabel = "NAME",
      description = "what asking amounts to, such as signature-update")
  private @Nullable String activity;

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "the path asked for; the catalog says which product and activity it is")
  private @Nullable String path;

  @Option(
      names = "--at",
      paramLabel = TimeOption.LABEL,
      description = "when the request is made (default: now)")
  private @Nullable String at;

  @Option(
      names = "--decision",
      paramLabel = "LINE",
      description =
          "decide a line of the decision log again, by the policy set that it names, and say whether the decision is"
              + " the same; `-` reads lines from standard input")
  private @Nullable String decision;

  @Mixin private PolicySetOption choice = new PolicySetOption();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws UsageException {
    if (decision == null) {
      return choice.run(output, this::explain);
    }
    if (isAsked()) {
      throw new UsageException(
          "--decision says what the request was: leave out --country, --path and all else about it.");
    }
    return new DecisionLines(choice, output).explain(decision, System.in);
  }

  private boolean isAsked() {
    return !countries.isEmpty()
        || !registered.isEmpty()
        || Stream.of(subdivision, address, agent, product, activity, path, at)
            .anyMatch(Objects::nonNull);
  }

  private int explain(PolicySet set, String source) throws UsageException {
    TimeParser time = TimeOption.read("--at", at);
    Classification asked = asked(set);
    Request request =
        new Request(
            time.time().instant(),
            asked.product(),
            asked.activity(),
            location(),
            registrations(),
            sender());
    DecisionTrace explanation = Evaluator.of(set).trace(request);
    List<String> unfamiliar = UnknownTermsText.of(set, request);
    if (output.isJson()) {
      output.print(ExplanationJson.document(explanation, set, unfamiliar));
      return Output.FINE;
    }
    List<String> lead = new ArrayList<>();
    lead.add("By " + source + ", policy set " + set.digest() + ".");
    if (path != null) {
      lead.add("The path " + path + " is " + asked.activity() + " of " + asked.product() + ".");
    }
    if (at != null
        && !new InstantText(set)
            .local(request.time())
            .contains(InstantText.local(request.time(), time.zone()))) {
      lead.add("The time is " + InstantText.local(request.time(), time.zone()) + ".");
    }
    new ExplanationText(explanation, set).print(lead, unfamiliar, output.style(), output.out());
    return Output.FINE;
  }

  private Classification asked(PolicySet set) throws UsageException {
    if (path != null) {
      if (product != null || activity != null) {
        throw new UsageException(
            "--path says which product and activity it is: leave out --product and --activity.");
      }
      try {
        RequestPath asked = RequestPath.parse(path);
        RouteMatcher routes = RouteMatcher.of(set.catalog());
        return routes.match(asked.segments()).isPresent()
            ? routes.classify(asked.segments())
            : routes.classify(asked.withoutEncodedSlash().segments());
      } catch (MalformedPathException e) {
        throw new UsageException(
            "--path " + path + " is a path that the gateway answers with 400: " + e.getMessage());
      }
    }
    if (product == null || activity == null) {
      throw new UsageException("What is asked for? Name --product and --activity, or a --path.");
    }
    return new Classification(
        word("--product", product, Product::new), word("--activity", activity, Activity::new));
  }

  private static <T> T word(String option, String text, Function<String, T> read)
      throws UsageException {
    try {
      return read.apply(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          option + " is " + text + ": write lower-case letters, digits and single hyphens.");
    }
  }

  private Location location() throws UsageException {
    if (countries.isEmpty() || countries.equals(List.of(""))) {
      if (subdivision != null) {
        throw new UsageException("--subdivision is a part of which --country?");
      }
      return new Location.Unknown();
    }
    if (subdivision != null && countries.size() > 1) {
      throw new UsageException("--subdivision goes with one --country.");
    }
    List<Place> places = new ArrayList<>();
    for (String country : countries) {
      String code = country;
      if (subdivision != null) {
        code = subdivision.startsWith(country + "-") ? subdivision : country + "-" + subdivision;
      }
      places.add(place("--country", code));
    }
    return Location.in(places);
  }

  private Client sender() throws UsageException {
    if (address == null) {
      return new Client(null, agent);
    }
    String literal = address;
    return new Client(
        IpAddress.parse(literal)
            .map(parsed -> parsed.embeddedIpv4OrSelf().inetAddress())
            .orElseThrow(() ->
                new UsageException(
                    "--address is "
                        + literal
                        + ": write an IPv4 or IPv6 address such as 198.41.0.7 or 2600:1f00::7.")),
        agent);
  }

  private Registrations registrations() throws UsageException {
    if (registered.contains("unknown")) {
      return new Registrations.Unknown();
    }
    Set<Place> places = new HashSet<>();
    for (String code : registered) {
      places.add(place("--registered", code));
    }
    return new Registrations.Known(places);
  }

  private static Place place(String option, String code) throws UsageException {
    try {
      return PlaceParser.parse(code);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          option + " is " + code + ", and no place has this code: " + e.getMessage() + ".");
    }
  }
}
