package updategateway.gateway.response;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.path.RequestPath;
import updategateway.gateway.settings.GatewaySettings;
import updategateway.place.Place;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.OutcomeChange;
import updategateway.policy.decision.RefusalReason;
import updategateway.policy.decision.Registrations;
import updategateway.policy.model.Policy;
import updategateway.policy.model.Rfc3339;

/**
 * Every answer that the gateway gives, one method each. A refusal is a 451 and nothing else, also
 * one by the operator's own policy, which RFC 7725 does not speak of: agents retry a 403, a 429 or
 * a 5xx, go silent for a day, or report success, and what an agent does must not depend on who
 * refuses.
 */
public final class Answers {
  /** RFC 7725. */
  private static final int UNAVAILABLE_FOR_LEGAL_REASONS = 451;

  /** RFC 9457, section 4.2.1. */
  private static final String NO_TYPE_OF_ITS_OWN = "about:blank";

  private static final String CONTENT_TYPE_OPTIONS = "X-Content-Type-Options";
  private static final String NO_SNIFFING = "nosniff";
  private static final String NO_STORE = "no-store";

  /** Refusing policies of which all is said beside the first; of the others only the id. */
  private static final int MOST_OTHERS = 3;

  private static final int LONGEST_REFERENCE = 1_000;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  private final GatewaySettings settings;

  public Answers(GatewaySettings settings) {
    this.settings = settings;
  }

  /**
   * The artifact, at the origin.
   *
   * @param time from which on the answer is fresh
   * @param isForTheEdge whether the edge keeps answers, and this one is the same for everybody who
   *     asks for this from this place
   */
  public Answer served(
      RequestPath path, String query, Decision decision, Instant time, boolean isForTheEdge) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Location", settings.origin().locate(path.encoded(), query));
    headers.put(
        "Cache-Control",
        isForTheEdge ? forTheEdge(decision.change(), time) : forTheCaller(decision.change(), time));
    decision
        .nextChange()
        .filter(change -> change.outcome() != Outcome.SERVE)
        .ifPresent(change -> headers.put("Sunset", HttpDate.of(change.at())));
    return new Answer(302, headers, "").withLength();
  }

  /**
   * Returns the refusal of a decision not to serve. Where policies of both kinds refuse, law leads.
   */
  public Answer notServed(Inquiry inquiry, Decision decision, @Nullable String accept) {
    List<RefusalReason> grounds = decision.reasonsLawFirst();
    Refusal refusal = Refusal.of(decision.outcome(), grounds.getFirst().policy().basis());
    Facts facts =
        new Facts()
            .add("title", refusal.title())
            .add("code", refusal.code())
            .add("status", UNAVAILABLE_FOR_LEGAL_REASONS)
            .addWhole("detail", new Explanation(settings, inquiry, decision).words())
            .add("operator", settings.operatorName());
    ground(grounds.getFirst(), facts);
    registered(inquiry.registrations(), facts);
    facts
        .add("activity", inquiry.asked().activity())
        .add("product", inquiry.asked().product())
        .add("region", inquiry.region().places())
        .add("regionSource", inquiry.region().source())
        .add("regionReason", inquiry.region().reason())
        .add("until", served(decision.change()))
        .add("contact", settings.contact())
        .addFirst("policies", grounds, ground -> ground.policy().id())
        .addAll(
            "alsoBy",
            grounds.stream()
                .skip(1)
                .limit(MOST_OTHERS)
                .map(ground -> ground(ground, new Facts()))
                .toList())
        .add("type", problemType(refusal.type()))
        .add("instance", "/decisions/" + inquiry.id());
    return problem(UNAVAILABLE_FOR_LEGAL_REASONS, facts, accept)
        .with("Link", "<" + settings.operatorUrl() + ">; rel=\"blocked-by\"");
  }

  /** A page of the operator's, which may say more, with the kind of problem as its fragment. */
  private String problemType(String kind) {
    String operator = settings.operatorUrl().toString();
    int fragment = operator.indexOf('#');
    return (fragment < 0 ? operator : operator.substring(0, fragment)) + "#" + kind;
  }

  private static Facts ground(RefusalReason ground, Facts facts) {
    return facts
        .add("basis", ground.policy().basis().name().toLowerCase(Locale.ROOT))
        .add("authority", ground.policy().authority())
        .add("citation", ground.policy().citation())
        .add("reference", reference(ground.policy()))
        .add("policy", ground.policy().id())
        .add("policyTitle", ground.policy().title())
        .add("phase", ground.phase().id())
        .add("effectiveFrom", Rfc3339.format(ground.phase().span().from().instant()))
        .add("effectiveFromAsWritten", ground.phase().span().from().written())
        .add("persons", Coverage.persons(ground.policy()))
        .add("resources", Coverage.resources(ground.policy(), ground.phase()))
        .addFirst(
            "evidence",
            ground.bases().stream().sorted().toList(),
            subject -> subject.name().toLowerCase(Locale.ROOT));
  }

  /** Returns the policy's web address; null if it is too long to be sent, for half is no use. */
  private static @Nullable URI reference(Policy policy) {
    URI reference = policy.reference();
    return reference == null || reference.toString().length() > LONGEST_REFERENCE
        ? null
        : reference;
  }

  private static void registered(Registrations registrations, Facts facts) {
    if (registrations instanceof Registrations.Known known) {
      facts.addFirst("registered", known.places().stream().sorted().toList(), Place::code);
    } else {
      facts.add("registered", "unknown");
    }
  }

  /** Returns when a refusal is known to end, null if that is not known. */
  private static @Nullable String served(@Nullable OutcomeChange change) {
    return change == null || change.outcome() != Outcome.SERVE ? null : Rfc3339.format(change.at());
  }

  /** A path or query without a single reading. */
  public Answer malformedPath(String reason, @Nullable String accept) {
    return clientError(
        ProblemCode.MALFORMED_PATH,
        400,
        "Bad Request",
        "The path " + reason + ". Ask for an artifact by its plain path.",
        accept);
  }

  /** A path or query that is longer than any artifact's (RFC 9110, section 15.5.15). */
  public Answer overlongTarget(String reason, @Nullable String accept) {
    return clientError(
        ProblemCode.URI_TOO_LONG,
        414,
        "URI Too Long",
        "The path " + reason + ". No artifact has such a path.",
        accept);
  }

  /** More or longer headers than an agent has (RFC 6585, section 5). */
  public Answer overlongHeaders(@Nullable String accept) {
    return clientError(
        ProblemCode.HEADERS_TOO_LARGE,
        431,
        "Request Header Fields Too Large",
        "The headers are too many or too long. Ask again without those that are not needed.",
        accept);
  }

  /** Not an event that this function understands. */
  public Answer malformedEvent(String reason) {
    return clientError(
        ProblemCode.MALFORMED_EVENT, 400, "Bad Request", "The event " + reason + ".", null);
  }

  /** Neither GET nor HEAD. */
  public Answer methodNotAllowed(@Nullable String accept) {
    return clientError(
            ProblemCode.METHOD_NOT_ALLOWED,
            405,
            "Method Not Allowed",
            "Artifacts are asked for with GET or HEAD.",
            accept)
        .with("Allow", "GET, HEAD");
  }

  /** What the client can mend; in words of ours alone, never in the client's. */
  private Answer clientError(
      ProblemCode code, int status, String title, String detail, @Nullable String accept) {
    return problem(
        status,
        new Facts()
            .add("title", title)
            .add("code", code)
            .add("status", status)
            .add("detail", detail)
            .add("contact", settings.contact())
            .add("type", NO_TYPE_OF_ITS_OWN),
        accept);
  }

  /** No policy set can be had, or something of ours is broken: nothing is served. */
  public Answer unavailable(@Nullable String accept) {
    return problem(
            503,
            new Facts()
                .add("title", "Service Unavailable")
                .add("code", ProblemCode.UNAVAILABLE)
                .add("status", 503)
                .add(
                    "detail",
                    "It cannot be decided at the moment whether this may be provided. Ask again later.")
                .add("contact", settings.contact())
                .add("type", NO_TYPE_OF_ITS_OWN),
            accept)
        .with("Retry-After", Long.toString(RETRY_AFTER.toSeconds()));
  }

  /** What a caller may fetch, for as long as nothing in it changes. */
  Answer overview(Facts facts, @Nullable OutcomeChange firstChange, Instant time) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("Cache-Control", forTheCaller(firstChange, time));
    headers.put(CONTENT_TYPE_OPTIONS, NO_SNIFFING);
    return new Answer(200, headers, facts.json()).withLength();
  }

  private Answer problem(int status, Facts facts, @Nullable String accept) {
    boolean json = Accept.asksForJson(accept);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", json ? "application/problem+json" : "text/plain; charset=us-ascii");
    headers.put("Cache-Control", NO_STORE);
    headers.put("Vary", "Accept");
    headers.put(CONTENT_TYPE_OPTIONS, NO_SNIFFING);
    return new Answer(status, headers, json ? facts.json() : facts.text()).withLength();
  }

  private String forTheCaller(@Nullable OutcomeChange change, Instant time) {
    return "private, max-age=" + age(change, time) + ", stale-if-error=0";
  }

  /**
   * Only the edge may keep it. What the edge hands out may be almost stale already, and an agent
   * that does not reckon with {@code Age} would keep it beyond the change.
   */
  private String forTheEdge(@Nullable OutcomeChange change, Instant time) {
    return "public, s-maxage=" + age(change, time) + ", max-age=0, stale-if-error=0";
  }

  /** The configured age in seconds, cut so that the answer is stale from the change on. */
  private long age(@Nullable OutcomeChange change, Instant time) {
    Duration age = settings.cacheMaxAge();
    if (change != null) {
      Duration left = Duration.between(time, change.at());
      age = left.compareTo(age) < 0 ? left : age;
    }
    return age.isNegative() ? 0 : age.toSeconds();
  }
}
