package updategateway.cli.policy.decided;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import updategateway.commandline.UsageException;
import updategateway.place.Place;
import updategateway.policy.catalog.Classification;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Registrations;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;
import updategateway.policy.set.Digest;

/** An entry of the decision log, as the gateway wrote it. */
public final class LogEntry {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String UNKNOWN = "unknown";
  private static final String NOWHERE = "nowhere known";

  private final JsonNode entry;

  private LogEntry(JsonNode entry) {
    this.entry = entry;
  }

  /**
   * Reads an entry.
   *
   * @throws UsageException if the text is not one
   */
  public static LogEntry parse(String text) throws UsageException {
    JsonNode tree;
    try {
      tree = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UsageException("The decision line is not JSON: " + e.getOriginalMessage() + ".");
    }
    if (tree == null || !tree.path("outcome").isTextual() || !tree.path("requestId").isTextual()) {
      throw new UsageException(
          "The decision line has no outcome and requestId: copy a whole line of the decision log,"
              + " which begins with {\"outcome\":");
    }
    return new LogEntry(tree);
  }

  /** Whether the text is an entry, rather than anything else that a log holds. */
  public static boolean isOne(String text) {
    if (!text.startsWith("{")) {
      return false;
    }
    try {
      parse(text);
      return true;
    } catch (UsageException e) {
      return false;
    }
  }

  /** Returns the id of the request. */
  public String id() {
    return text("requestId");
  }

  /** Returns the outcome that was logged. */
  public String outcome() {
    return text("outcome");
  }

  /** Returns the named member, empty if it is absent. */
  String text(String member) {
    return entry.path(member).asText("");
  }

  /** Whether policies decided the request: it was served, refused or undetermined. */
  boolean isDecision() {
    return entry.has("product") && entry.has("activity") && entry.has("policySet");
  }

  /** Returns the set that decided; empty if none did, or it is not named as a digest. */
  public Optional<Digest> policySet() {
    try {
      return isDecision() ? Optional.of(new Digest(text("policySet"))) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Instant time() throws UsageException {
    try {
      return Instant.parse(text("time"));
    } catch (DateTimeException e) {
      throw unreadable("time");
    }
  }

  Classification classification() throws UsageException {
    try {
      return new Classification(new Product(text("product")), new Activity(text("activity")));
    } catch (IllegalArgumentException e) {
      throw unreadable("product or activity");
    }
  }

  /** Whether the path is whole: the gateway cuts long ones and then adds their length. */
  boolean hasWholePath() {
    return entry.has("path") && !entry.has("pathLength");
  }

  /** Whether it holds what each source said of the client's place. */
  boolean hasEvidence() {
    return entry.has("evidence");
  }

  /** Returns where the client was by all evidence, without corrections. */
  Location location() throws UsageException {
    List<Place> known = new ArrayList<>();
    List<Place> possible = new ArrayList<>();
    if (entry.has("evidence")) {
      for (JsonNode said : entry.path("evidence")) {
        if (said.has("place")) {
          known.add(place(said.path("place").asText()));
        } else if (said.has("perhaps")) {
          possible.add(place(said.path("perhaps").asText()));
        }
      }
    } else if (!text("region").isEmpty() && !text("region").equals(UNKNOWN)) {
      // A single source that names a place, and why it cannot be relied on.
      (entry.has("regionReason") ? possible : known).addAll(places("region"));
    }
    return Location.in(known, possible);
  }

  /** Returns the registrations that were looked up; none if none were. */
  Registrations registrations() throws UsageException {
    return switch (text("registered")) {
      case "", NOWHERE -> Registrations.NONE;
      case UNKNOWN -> new Registrations.Unknown();
      default -> new Registrations.Known(new HashSet<>(places("registered")));
    };
  }

  /** Returns the ids of the corrections that placed the client. */
  Set<String> corrections() {
    Set<String> ids = new HashSet<>();
    entry.path("corrections").forEach(id -> ids.add(id.asText()));
    return ids;
  }

  /** Returns {@code policy/phase} of each reason. */
  List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    entry.path("policies").forEach(reason -> reasons.add(reason.asText()));
    if (reasons.isEmpty() && entry.has("policy")) {
      reasons.add(text("policy") + "/" + text("phase"));
    }
    return reasons;
  }

  /** Returns {@code policy/permit} of each permit by which the request was served. */
  List<String> permits() {
    List<String> permits = new ArrayList<>();
    for (JsonNode use : entry.path("permits")) {
      permits.add(use.path("policy").asText() + "/" + use.path("permit").asText());
    }
    return permits;
  }

  /** Returns how many permits there are, of which the entry may hold fewer. */
  int permitsInAll() {
    return entry.path("permitsInAll").asInt(permits().size());
  }

  /** Returns how many reasons there are, of which the entry may hold fewer. */
  int reasonsInAll() {
    return entry.path("policiesInAll").asInt(reasons().size());
  }

  private List<Place> places(String member) throws UsageException {
    List<Place> places = new ArrayList<>();
    for (String code : Arrays.asList(text(member).split(","))) {
      places.add(place(code));
    }
    return places;
  }

  private static Place place(String code) throws UsageException {
    try {
      return Place.parse(code);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "The decision line names the place "
              + code
              + ", which cannot be read: "
              + e.getMessage());
    }
  }

  private UsageException unreadable(String member) {
    return new UsageException(
        "The decision line " + id() + " has no readable " + member + ": copy the whole line.");
  }
}
