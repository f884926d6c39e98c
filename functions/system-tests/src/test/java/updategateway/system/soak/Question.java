package updategateway.system.soak;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
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

/**
 * One request, and what may be answered to it: by the rules, read word by word, and a catalog that
 * is known here without reading it.
 *
 * @param country what the edge reports; empty for nothing
 * @param agent the agent's id; null for none
 * @param late whether it is made after the instant
 */
record Question(String activity, String country, @Nullable String agent, boolean late) {
  private static final Instant LAW = Instant.parse("2024-09-29T04:00:00Z");
  private static final List<String> COUNTRIES =
      List.of("US", "DE", "FR", "JP", "BR", "UA", "PR", "");
  private static final List<String> ACTIVITIES =
      List.of("signature-update", "patch-update", "telemetry");

  /** The accounts that the table must have. */
  static final Map<String, String> ACCOUNTS = Map.of("agent-us", "US", "agent-de", "DE");

  static List<Question> all() {
    List<Question> all = new ArrayList<>();
    for (String activity : ACTIVITIES) {
      for (String country : COUNTRIES) {
        for (String agent : List.of("", "", "", "agent-us", "agent-de")) {
          for (boolean late : List.of(true, false)) {
            all.add(new Question(activity, country, agent.isEmpty() ? null : agent, late));
          }
        }
      }
    }
    return all;
  }

  static Question any(List<Question> all, SplittableRandom random) {
    return all.get(random.nextInt(all.size()));
  }

  String path() {
    return "/" + activity + "/file";
  }

  Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    headers.put("X-Local-Country", country);
    headers.put("X-Local-Time", time().toString());
    if (agent != null) {
      headers.put("X-Agent-Id", agent);
    }
    return headers;
  }

  private Instant time() {
    return late ? LAW : LAW.minusMillis(1);
  }

  /** What this set makes of it where the agent's account, if there is one, can be read. */
  int right(PolicySet set) {
    return status(
        set,
        agent == null
            ? Registrations.NONE
            : new Registrations.Known(
                Set.of(Place.parse(Optional.ofNullable(ACCOUNTS.get(agent)).orElseThrow()))));
  }

  /** And where the account cannot be read now, which is one of unknown places. */
  int withoutAccounts(PolicySet set) {
    return status(set, agent == null ? Registrations.NONE : new Registrations.Unknown());
  }

  private int status(PolicySet set, Registrations registrations) {
    Request request =
        new Request(
            time(),
            new Product("p"),
            new Activity(activity),
            country.isEmpty() ? new Location.Unknown() : Location.in(Place.parse(country)),
            registrations);
    return SlowTwin.decide(set, request).outcome() == Outcome.SERVE ? 302 : 451;
  }

  /** A set that refuses other activities to other countries than the set before. */
  static PolicySet set(int number) throws InvalidPolicyException {
    List<PolicyFile> files = new ArrayList<>();
    StringBuilder catalog = new StringBuilder("routes:\n");
    for (int i = 0; i < ACTIVITIES.size(); i++) {
      String activity = ACTIVITIES.get(i);
      catalog.append(
          "  - {path: /%s/**, product: p, activity: %s}\n".formatted(activity, activity));
      files.add(
          new PolicyFile(
              "p" + i + ".yaml",
              """
              id: p%d
              title: number %d
              authority: a
              citation: c
              scope: {locations: [%s], subjects: [located, registered]}
              products: ["*"]
              phases: [{id: f, from: 2024-09-29 00:00 America/New_York, refuses: [%s]}]
              undetermined: %s
              """
                  .formatted(
                      i,
                      number,
                      COUNTRIES.get((number + 2 * i) % 6),
                      activity,
                      (number + i) % 2 == 0 ? "refuse" : "serve")));
    }
    files.add(new PolicyFile("catalog.yaml", catalog.toString()));
    return PolicyFiles.read(files);
  }
}
