package updategateway.gateway.decisionlog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import updategateway.place.Place;
import updategateway.policy.catalog.Classification;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.PermitUse;
import updategateway.policy.decision.RefusalReason;
import updategateway.policy.model.Correction;
import updategateway.policy.model.Rfc3339;
import updategateway.policy.set.Digest;
import updategateway.region.LocationEvidence;
import updategateway.region.LocationReport;

/**
 * One request in the log: all that its decision rested on, and nothing that names a person. Filled
 * while the request is answered, by one thread, and written once.
 *
 * <p>No line is longer than {@value #MOST_BYTES} bytes, whatever a client sends: each text and each
 * list in it is cut to a length of its own.
 */
public final class DecisionLine {
  /** Of a whole line, with its end. */
  public static final int MOST_BYTES = 8_192;

  /** Of a path; a longer one has its length and hash beside it. */
  private static final int MOST_OF_A_PATH = 512;

  private static final int MOST_OF_A_METHOD = 32;
  private static final int MOST_OF_A_NAME = 64;
  private static final int MOST_OF_A_TEXT = 256;
  private static final int MOST_OF_A_FAULT = 3_072;

  /** Of policies, permits, corrections and pieces of evidence. */
  private static final int MOST_OF_A_LIST = 8;

  private static final JsonFactory JSON = new JsonFactory();

  private final String requestId;
  private final Measurements measurements = new Measurements();
  private boolean coldStart;
  private @Nullable String conflict;
  private @Nullable String unknownSubdivisions;
  private int ignoredHeaders;
  private @Nullable String unsetMapping;
  private @Nullable Instant geoDatabaseBuiltAt;
  private @Nullable Long geoDatabaseAgeDays;
  private String outcome = "error";
  private int status;
  private @Nullable Instant time;
  private @Nullable String method;
  private @Nullable String path;
  private @Nullable Digest policySet;
  private @Nullable Classification asked;
  private @Nullable String region;
  private @Nullable String regionSource;
  private @Nullable String regionReason;
  private @Nullable LocationReport located;
  private boolean corrected;
  private @Nullable String registered;
  private List<String> registeredPlaces = List.of();
  private boolean registeredUnknown;
  private @Nullable Decision decision;
  private @Nullable String network;
  private @Nullable String remark;
  private @Nullable String fault;

  public DecisionLine(String requestId) {
    this.requestId = requestId;
  }

  /** What the caller asked for over HTTP; of the address only the network is kept. */
  public void request(String method, @Nullable String address) {
    this.method = method;
    this.network = ClientAddress.network(address);
  }

  /** It is the first that its process answers. */
  public void coldStart() {
    coldStart = true;
    measurements.count(Metric.COLD_STARTS);
    geoDatabaseAge();
  }

  /** It did not provably come through the edge. */
  public void edgeUnproven() {
    measurements.count(Metric.EDGE_UNPROVEN);
  }

  /** So many headers looked like evidence and were not believed. */
  public void ignoredHeaders(int many) {
    ignoredHeaders = many;
    measurements.count(Metric.IGNORED_HEADERS, many);
  }

  /**
   * The event shows an API mapping before the path, and none is set.
   *
   * @param how it shows it; null when it shows none
   */
  public void unsetMapping(@Nullable String how) {
    if (how != null) {
      unsetMapping = how + ": see API_MAPPING";
      measurements.count(Metric.API_MAPPING_UNSET);
    }
  }

  /**
   * An address database was there to be asked.
   *
   * @param builtAt when it was made
   * @param age how old it is
   * @param stale whether that is older than an operator allows; it is asked all the same
   */
  public void geoDatabase(Instant builtAt, Duration age, boolean stale) {
    geoDatabaseBuiltAt = builtAt;
    geoDatabaseAgeDays = age.toDays();
    if (stale) {
      measurements.count(Metric.GEO_DATABASE_STALE);
      measurements.gauge(Metric.GEO_DATABASE_AGE_DAYS, age.toDays());
    }
    geoDatabaseAge();
  }

  /** Its age changes once a day: the first line of each process is often enough to say it. */
  private void geoDatabaseAge() {
    if (coldStart && geoDatabaseAgeDays != null) {
      measurements.gauge(Metric.GEO_DATABASE_AGE_DAYS, geoDatabaseAgeDays);
    }
  }

  /** The agent's account could not be looked up. */
  public void agentsUnavailable() {
    measurements.count(Metric.AGENTS_UNAVAILABLE);
  }

  /** The agent named itself and has no account. */
  public void agentAbsent() {
    measurements.count(Metric.AGENTS_ABSENT);
  }

  /** Its own time was too far from the clock. */
  public void clockSkewed() {
    measurements.count(Metric.CLOCK_SKEWED);
  }

  /** When it was made, as decided by. */
  public void time(Instant time) {
    this.time = time;
  }

  /** The path as matched and sent on; never the query. */
  public void path(String encoded) {
    this.path = encoded;
  }

  /** What it was decided by. */
  public void policySet(Digest digest) {
    this.policySet = digest;
  }

  /**
   * Where it came from, as decided by.
   *
   * @param places canonical codes, or {@code unknown}
   * @param source who says so
   * @param reason why it is unknown or doubted; null where it is neither
   */
  public void region(String places, String source, @Nullable String reason) {
    this.region = places;
    this.regionSource = source;
    this.regionReason = reason;
  }

  /** All that was said of where it came from, and by whom. */
  public void evidence(LocationReport located) {
    this.located = located;
    ignoredHeaders(located.ignoredHeaders());
    if (!located.isProven()) {
      edgeUnproven();
    }
    if (located.isConflicting()) {
      conflict(located);
    }
    if (located.hasUnreadableRecord()) {
      measurements.count(Metric.GEO_RECORD_UNREADABLE);
    }
    unknownSubdivisions(located);
  }

  /** Sources reported subdivisions that ISO 3166-2 does not have: which sources, and what. */
  private void unknownSubdivisions(LocationReport located) {
    for (LocationEvidence.Trusted known : located.allPlaces()) {
      if (known.unassigned() != null) {
        measurements.count(Metric.UNKNOWN_SUBDIVISIONS);
        String said = known.source() + " says " + known.country() + "-" + known.unassigned();
        unknownSubdivisions =
            unknownSubdivisions == null ? said : unknownSubdivisions + ", " + said;
      }
    }
  }

  /**
   * Corrections say where it comes from, in place of the evidence or beside it. One that
   * contradicts the evidence is a disagreement like any other.
   *
   * @param beside all that was said, and what the corrections say
   */
  public void corrected(LocationReport beside) {
    corrected = true;
    if (beside.isConflicting()) {
      conflict(beside);
    }
  }

  /** Sources say different things of the client: which, and what they say. */
  private void conflict(LocationReport disagreeing) {
    if (conflict == null) {
      measurements.count(Metric.EVIDENCE_CONFLICTS);
    }
    conflict =
        String.join(
            ", ",
            disagreeing.allPlaces().stream()
                .map(known -> known.source() + " says " + known.code())
                .toList());
  }

  /** The account is registered in these places, in alphabetical order; none if there is none. */
  public void registered(List<Place> places) {
    registeredPlaces = places.stream().map(Place::code).toList();
    registered = places.isEmpty() ? "nowhere known" : String.join(",", registeredPlaces);
  }

  /** Where the account is registered cannot be found out. */
  public void registeredUnknown() {
    registeredUnknown = true;
    registered = "unknown";
  }

  /** What was decided of which question. */
  public void decision(Classification asked, Decision decision) {
    this.asked = asked;
    this.decision = decision;
    this.outcome = decision.outcome().label();
    measurements.count(
        switch (decision.outcome()) {
          case SERVE -> Metric.SERVED;
          case UNDETERMINED -> Metric.UNDETERMINED;
          case REFUSE -> Metric.REFUSED;
        });
  }

  /** What became of a request that no policy was asked about. */
  public void outcome(String word) {
    this.outcome = word;
  }

  /** It has two readings, or is no request at all. */
  public void malformed(String remark) {
    outcome("malformed");
    remark(remark);
    measurements.count(Metric.MALFORMED);
  }

  /** No policy set could be had to decide it by. */
  public void noPolicy() {
    outcome("no-policy");
    measurements.count(Metric.NO_POLICY);
  }

  /** Something that an operator should see; the last one counts. */
  public void remark(String remark) {
    this.remark = remark;
  }

  /** A fault of our own. */
  public void fault(Throwable fault) {
    outcome("error");
    measurements.count(Metric.FAULTS);
    StringWriter trace = new StringWriter();
    fault.printStackTrace(new PrintWriter(trace));
    this.fault = trace.toString();
  }

  /** What is answered. */
  public void status(int status) {
    this.status = status;
  }

  String requestId() {
    return requestId;
  }

  @Nullable Instant time() {
    return time;
  }

  @Nullable LocationReport located() {
    return located;
  }

  /** Returns the digest of the set that decided; empty if there was none. */
  String policySet() {
    return policySet == null ? "" : policySet.hex();
  }

  /** Returns the codes of the places that an account was found in. */
  List<String> registeredPlaces() {
    return registeredPlaces;
  }

  /**
   * Whether the same request has the same outcome again, by the same set: not after a fault, and
   * not without an account that could not be read.
   *
   * @param withoutAgentId whether the request is known without the agent's id
   */
  boolean isReplayable(boolean withoutAgentId) {
    boolean byAgentId =
        decision != null
            && decision.corrections().stream()
                .anyMatch(placed -> placed.target() instanceof Correction.Target.Agent);
    return policySet != null
        && fault == null
        && !registeredUnknown
        && !(withoutAgentId && byAgentId);
  }

  /** Writes what became of the request, as a sample event expects it. */
  void writeExpectation(JsonGenerator out) throws IOException {
    out.writeNumberField("status", status);
    out.writeStringField("outcome", outcome);
    if (decision != null && !decision.reasons().isEmpty()) {
      out.writeStringField("policy", decision.reasons().getFirst().policy().id());
      out.writeStringField("phase", decision.reasons().getFirst().phase().id());
    }
    if (asked != null) {
      write(out, "product", asked.product());
      write(out, "activity", asked.activity());
    }
    write(out, "region", region);
  }

  /**
   * The line in UTF-8, with its end.
   *
   * @param duration how long answering took
   * @param at when the line is written
   * @param function which function answered
   */
  public byte[] json(Duration duration, Instant at, String function) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(1024);
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("outcome", outcome);
      out.writeNumberField("status", status);
      write(out, "requestId", requestId);
      write(out, "time", time);
      write(out, "method", method, MOST_OF_A_METHOD);
      path(out);
      if (asked != null) {
        write(out, "product", asked.product(), MOST_OF_A_NAME);
        write(out, "activity", asked.activity(), MOST_OF_A_NAME);
      }
      grounds(out);
      permits(out);
      write(out, "region", region);
      write(out, "regionSource", regionSource);
      write(out, "regionReason", regionReason);
      corrections(out);
      evidence(out);
      write(out, "conflict", conflict);
      write(out, "unknownSubdivisions", unknownSubdivisions);
      if (ignoredHeaders > 0) {
        out.writeNumberField("ignoredHeaders", ignoredHeaders);
      }
      write(out, "unsetMapping", unsetMapping);
      write(out, "geoDatabaseBuiltAt", geoDatabaseBuiltAt);
      if (geoDatabaseAgeDays != null) {
        out.writeNumberField("geoDatabaseAgeDays", geoDatabaseAgeDays);
      }
      write(out, "registered", registered);
      if (decision != null && decision.change() != null) {
        write(out, "nextChange", decision.change().at());
      }
      write(out, "policySet", policySet);
      write(out, "network", network);
      write(out, "remark", remark);
      write(out, "fault", fault, MOST_OF_A_FAULT);
      if (coldStart) {
        out.writeBooleanField("coldStart", true);
      }
      out.writeNumberField("durationMicros", duration.toNanos() / 1_000);
      measurements.writeTo(out, at, function);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    text.write('\n');
    return text.toByteArray();
  }

  /**
   * Each source and what it says, where there is more to tell than the region: of a corrected
   * client what was said without the correction.
   */
  private void evidence(JsonGenerator out) throws IOException {
    if (located == null
        || (located.evidence().size() < 2 && !corrected && located.untrusted().isEmpty())) {
      return;
    }
    out.writeArrayFieldStart("evidence");
    for (LocationEvidence said : first(located.evidence())) {
      out.writeStartObject();
      write(out, "source", said.source(), MOST_OF_A_NAME);
      // No AOT cache keeps a switch over types ready.
      if (said instanceof LocationEvidence.Trusted known) {
        out.writeStringField("place", known.code());
      } else if (said instanceof LocationEvidence.Untrusted doubtful) {
        out.writeStringField("perhaps", doubtful.place().code());
      }
      write(
          out, "reason", said.uncertainty().map(LocationEvidence.Reason::description).orElse(null));
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** Which corrections placed the client. */
  private void corrections(JsonGenerator out) throws IOException {
    if (decision != null && !decision.corrections().isEmpty()) {
      list(out, "corrections", decision.corrections().stream().map(Correction::id).toList());
    }
  }

  private void grounds(JsonGenerator out) throws IOException {
    List<RefusalReason> grounds = decision == null ? List.of() : decision.reasonsLawFirst();
    if (grounds.isEmpty()) {
      return;
    }
    write(out, "policy", grounds.getFirst().policy().id(), MOST_OF_A_NAME);
    write(out, "phase", grounds.getFirst().phase().id(), MOST_OF_A_NAME);
    out.writeStringField(
        "basis", grounds.getFirst().policy().basis().name().toLowerCase(Locale.ROOT));
    if (grounds.size() > 1) {
      List<String> all = new ArrayList<>();
      grounds.forEach(ground -> all.add(ground.policy().id() + "/" + ground.phase().id()));
      list(out, "policies", all);
    }
  }

  /** The permits by which it was served. */
  private void permits(JsonGenerator out) throws IOException {
    List<PermitUse> permits = decision == null ? List.of() : decision.permits();
    if (permits.isEmpty()) {
      return;
    }
    out.writeArrayFieldStart("permits");
    for (PermitUse use : first(permits)) {
      out.writeStartObject();
      write(out, "policy", use.policy().id(), MOST_OF_A_NAME);
      write(out, "permit", use.permit().id(), MOST_OF_A_NAME);
      write(out, "citation", use.permit().citation(), MOST_OF_A_NAME);
      write(out, "otherwise", use.withoutPermits().label());
      out.writeEndObject();
    }
    out.writeEndArray();
    if (permits.size() > MOST_OF_A_LIST) {
      out.writeNumberField("permitsInAll", permits.size());
    }
  }

  /** A path is ASCII. */
  private void path(JsonGenerator out) throws IOException {
    if (path == null || path.length() <= MOST_OF_A_PATH) {
      write(out, "path", path, MOST_OF_A_PATH);
      return;
    }
    out.writeStringField("path", path.substring(0, MOST_OF_A_PATH));
    out.writeNumberField("pathLength", path.length());
    out.writeStringField(
        "pathSha256", Digest.ofBytes(path.getBytes(StandardCharsets.US_ASCII)).hex());
  }

  /** The first ones as an array, with the number of all beside it where there are more. */
  private static void list(JsonGenerator out, String name, List<String> all) throws IOException {
    out.writeArrayFieldStart(name);
    for (String one : first(all)) {
      out.writeString(LogText.cut(one, 2 * MOST_OF_A_NAME));
    }
    out.writeEndArray();
    if (all.size() > MOST_OF_A_LIST) {
      out.writeNumberField(name + "InAll", all.size());
    }
  }

  private static <T> List<T> first(List<T> all) {
    return all.size() <= MOST_OF_A_LIST ? all : all.subList(0, MOST_OF_A_LIST);
  }

  private static void write(JsonGenerator out, String name, @Nullable Instant value)
      throws IOException {
    if (value != null) {
      out.writeStringField(name, Rfc3339.format(value));
    }
  }

  private static void write(JsonGenerator out, String name, @Nullable Object value)
      throws IOException {
    write(out, name, value, MOST_OF_A_TEXT);
  }

  private static void write(JsonGenerator out, String name, @Nullable Object value, int mostBytes)
      throws IOException {
    if (value != null) {
      out.writeStringField(name, whole(LogText.cut(value.toString(), mostBytes)));
    }
  }

  /**
   * Half a surrogate pair has no form in UTF-8. No event has one; a line is written whatever it
   * has.
   */
  private static String whole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      }
    }
    return text;
  }
}
