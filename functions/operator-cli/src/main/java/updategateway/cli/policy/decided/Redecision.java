package updategateway.cli.policy.decided;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import updategateway.commandline.UsageException;
import updategateway.gateway.path.MalformedPathException;
import updategateway.gateway.path.PathRules;
import updategateway.gateway.path.RequestPath;
import updategateway.place.CidrBlock;
import updategateway.place.IpAddress;
import updategateway.policy.catalog.Classification;
import updategateway.policy.decision.Client;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.Request;
import updategateway.policy.model.Correction;
import updategateway.policy.set.PolicySet;

/**
 * A logged decision that is made again by the policy set that it names.
 *
 * @param entry what was logged
 * @param request what is decided again
 * @param decision the decision made again
 * @param differences how it differs from the log entry, a sentence each
 * @param gaps what the entry does not hold that may matter, a sentence each
 */
public record Redecision(
    LogEntry entry,
    Request request,
    Decision decision,
    List<String> differences,
    List<String> gaps) {
  public Redecision {
    differences = List.copyOf(differences);
    gaps = List.copyOf(gaps);
  }

  /**
   * Makes the decision again.
   *
   * @param set the set that the entry names
   * @throws UsageException if the entry cannot be read
   */
  public static Redecision of(LogEntry entry, PolicySet set) throws UsageException {
    Classification classification = entry.classification();
    Request request =
        new Request(
            entry.time(),
            classification.product(),
            classification.activity(),
            entry.location(),
            entry.registrations(),
            sender(entry, set));
    Decision decision = Evaluator.of(set).decide(request);
    List<String> gaps = gaps(entry, set, request.time());
    List<String> differences = differences(entry, set, decision);
    if (!isOtherReading(entry, decision)) {
      // A correction of an address or id that is not logged can change what comes next.
      boolean canTell = possibleCorrections(entry, set, request.time()).isEmpty();
      compare(
          "nextChange",
          entry.text("nextChange"),
          decision.change() == null ? "" : decision.change().at().toString(),
          canTell ? differences : gaps);
    }
    return new Redecision(entry, request, decision, differences, gaps);
  }

  /** Whether it is the decision that was logged. */
  public boolean isSame() {
    return differences.isEmpty();
  }

  /** Returns the outcome and the reasons of the decision made again. */
  public String summary() {
    List<String> reasons = reasons(decision);
    return decision.outcome().label()
        + (reasons.isEmpty() ? "" : " (" + String.join(", ", reasons) + ")");
  }

  /** Returns a client of whom the corrections of the entry, and no others of an address, hold. */
  private static Client sender(LogEntry entry, PolicySet set) throws UsageException {
    @Nullable InetAddress address = null;
    @Nullable String agent = null;
    for (Correction correction : set.corrections()) {
      if (entry.corrections().contains(correction.id())) {
        switch (correction.target()) {
          case Correction.Target.Addresses addresses ->
              address = addressOf(addresses.range(), set, entry.time());
          case Correction.Target.Agent named -> agent = named.agentId();
        }
      }
    }
    return new Client(address, agent);
  }

  private static @Nullable InetAddress addressOf(CidrBlock range, PolicySet set, Instant time) {
    return range
        .firstNotIn(
            ranges(set, time).stream()
                .filter(other -> !other.equals(range) && range.contains(other))
                .toList())
        .map(IpAddress::inetAddress)
        .orElse(null);
  }

  private static List<CidrBlock> ranges(PolicySet set, Instant time) {
    List<CidrBlock> ranges = new ArrayList<>();
    for (Correction correction : set.corrections()) {
      if (correction.span().contains(time)
          && correction.target() instanceof Correction.Target.Addresses addresses) {
        ranges.add(addresses.range());
      }
    }
    return ranges;
  }

  /** Returns corrections, in force or to come, that the entry does not rule out for the client. */
  private static List<Correction> possibleCorrections(LogEntry entry, PolicySet set, Instant time) {
    return set.corrections().stream()
        .filter(correction -> !entry.corrections().contains(correction.id()))
        .filter(correction ->
            correction.span().until() == null || time.isBefore(correction.span().until().instant()))
        .filter(correction ->
            switch (correction.target()) {
              case Correction.Target.Addresses addresses ->
                  mayBeIn(addresses.range(), entry.text("network"));
              case Correction.Target.Agent _ -> true;
            })
        .sorted(Comparator.comparing(Correction::id))
        .toList();
  }

  private static List<String> gaps(LogEntry entry, PolicySet set, Instant time) {
    List<String> gaps = new ArrayList<>();
    for (Correction correction : possibleCorrections(entry, set, time)) {
      String what =
          correction.target() instanceof Correction.Target.Addresses
              ? "The address: of " + entry.text("network") + " only the network is logged. "
              : "The agent's id, which is never logged. ";
      gaps.add(
          what
              + (correction.span().contains(time)
                  ? "The correction "
                      + correction.id()
                      + " was in force; by the entry it did not hold for this client."
                  : "The correction "
                      + correction.id()
                      + ", in force from "
                      + correction.span().from().instant()
                      + " on, may hold for this client then."));
    }
    if (entry.text("registered").isEmpty()) {
      gaps.add(
          "The account: it was not looked up, because it could not change the outcome or the client"
              + " named none.");
    }
    if (!entry.hasWholePath()) {
      gaps.add("The whole path: product and activity are taken from the entry.");
    }
    if (entry.text("region").equals("unknown") && !entry.hasEvidence()) {
      gaps.add("A place that a source named without being sure, if there was one.");
    }
    return gaps;
  }

  private static boolean mayBeIn(CidrBlock range, String network) {
    try {
      CidrBlock logged = CidrBlock.parse(network);
      return logged.contains(range) || range.contains(logged);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static List<String> differences(LogEntry entry, PolicySet set, Decision decision)
      throws UsageException {
    List<String> differences = new ArrayList<>();
    compare("outcome", entry.outcome(), decision.outcome().label(), differences);
    List<String> reasons = reasons(decision);
    // In any order; of many the entry has the first, and how many there are.
    if (entry.reasonsInAll() != reasons.size() || !reasons.containsAll(entry.reasons())) {
      compare(
          "reasons", String.join(", ", entry.reasons()), String.join(", ", reasons), differences);
    }
    List<String> permits =
        decision.permits().stream()
            .map(use -> use.policy().id() + "/" + use.permit().id())
            .toList();
    if (entry.permitsInAll() != permits.size() || !permits.containsAll(entry.permits())) {
      compare(
          "permits", String.join(", ", entry.permits()), String.join(", ", permits), differences);
    }
    Set<String> corrections = new HashSet<>();
    decision.corrections().forEach(correction -> corrections.add(correction.id()));
    compare(
        "corrections",
        String.join(", ", entry.corrections().stream().sorted().toList()),
        String.join(", ", corrections.stream().sorted().toList()),
        differences);
    if (entry.hasWholePath()) {
      path(entry, set, differences);
    }
    return differences;
  }

  /**
   * Whether the next change is that of another reading of the path: the freshness of a served
   * request ends when any reading is refused.
   */
  private static boolean isOtherReading(LogEntry entry, Decision decision) {
    if (decision.outcome() != Outcome.SERVE || entry.text("nextChange").isEmpty()) {
      return false;
    }
    Instant logged = Instant.parse(entry.text("nextChange"));
    return decision.change() == null || logged.isBefore(decision.change().at());
  }

  private static void path(LogEntry entry, PolicySet set, List<String> differences)
      throws UsageException {
    try {
      RequestPath path = RequestPath.parse(entry.text("path"));
      Set<Classification> readings = PathRules.readings(path, set);
      if (readings.contains(entry.classification())) {
        return;
      }
      Classification now = readings.iterator().next();
      compare("product", entry.text("product"), now.product().toString(), differences);
      compare("activity", entry.text("activity"), now.activity().toString(), differences);
    } catch (MalformedPathException e) {
      differences.add("The path " + entry.text("path") + " is malformed: it " + e.getMessage());
    }
  }

  private static void compare(String what, String logged, String now, List<String> differences) {
    if (!logged.equals(now)) {
      differences.add(what + ": logged " + orNone(logged) + ", decided again " + orNone(now) + ".");
    }
  }

  private static String orNone(String text) {
    return text.isEmpty() ? "none" : text;
  }

  private static List<String> reasons(Decision decision) {
    return decision.reasons().stream()
        .map(ground -> ground.policy().id() + "/" + ground.phase().id())
        .toList();
  }
}
