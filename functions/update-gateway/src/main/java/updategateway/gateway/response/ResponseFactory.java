package updategateway.gateway.response;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.decision.RequestDecision;
import updategateway.gateway.decision.RequestDecision.Decided;
import updategateway.gateway.decision.RequestDecision.NoPolicySet;
import updategateway.gateway.decision.RequestDecision.Overview;
import updategateway.gateway.decision.RequestDecision.Rejected;
import updategateway.gateway.event.ParsedRequest;
import updategateway.gateway.event.ParsedRequest.Target;
import updategateway.gateway.event.Rejection;
import updategateway.gateway.settings.GatewaySettings;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.OutcomeChange;

/**
 * Renders responses. A refusal is a 451, also one by the operator's own policy, which RFC 7725 does
 * not mention: agents retry a 403, a 429 or a 5xx, stop for a day, or report success, and what an
 * agent does must not depend on who refuses.
 */
public final class ResponseFactory {
  /** RFC 9457, section 4.2.1. */
  private static final String NO_SPECIFIC_TYPE = "about:blank";

  private static final String DECISION_ID = "Decision-Id";
  private static final String POLICY_SET = "Policy-Set";

  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  private final GatewaySettings settings;

  public ResponseFactory(GatewaySettings settings) {
    this.settings = settings;
  }

  /**
   * Returns the response to a request.
   *
   * @param freshFrom when the response begins to be fresh
   */
  public HttpResponse render(ParsedRequest request, RequestDecision decision, Instant freshFrom) {
    HttpResponse.Builder response =
        switch (decision.result()) {
          case NoPolicySet _ -> unavailable(request.accept());
          case Rejected rejected -> rejected(rejected.rejection(), request.accept());
          case Overview overview -> overview(overview, freshFrom);
          case Decided decided ->
              decided.decision().outcome() == Outcome.SERVE
                  ? served(Objects.requireNonNull(request.target()), decided, freshFrom)
                  : legalRefusal(request, decided);
        };
    if (decision.policySet() != null) {
      response.header(POLICY_SET, decision.policySet().hex());
    }
    return finished(response, request.isHead(), request.id());
  }

  /** Returns the response to an event that is not a request, which no policy set decides. */
  public HttpResponse malformedEvent(Rejection rejection, String id) {
    return finished(rejected(rejection, null), false, id);
  }

  /** Returns the response after an internal error: nothing is served. */
  public HttpResponse internalError(boolean isHead, String id) {
    return finished(unavailable(null), isHead, id);
  }

  private static HttpResponse finished(HttpResponse.Builder response, boolean isHead, String id) {
    response.header(DECISION_ID, id);
    return isHead ? response.buildWithoutBody() : response.build();
  }

  /** Returns the redirect to the artifact at the origin. */
  private HttpResponse.Builder served(Target target, Decided decided, Instant freshFrom) {
    OutcomeChange change = decided.decision().change();
    HttpResponse.Builder response =
        new HttpResponse.Builder(302, "")
            .header("Location", settings.origin().locate(target.path().encoded(), target.query()))
            .header(
                "Cache-Control",
                decided.isSharedCacheable()
                    ? sharedCacheControl(change, freshFrom)
                    : privateCacheControl(change, freshFrom));
    if (change != null && change.outcome() != Outcome.SERVE) {
      response.header("Sunset", HttpDate.of(change.at()));
    }
    return response;
  }

  private HttpResponse.Builder legalRefusal(ParsedRequest request, Decided decided) {
    ProblemDetails details =
        new RefusalBody(settings, request.id(), decided.context(), decided.decision()).details();
    return problem(RefusalBody.STATUS, details, request.accept())
        .header("Link", "<" + settings.operatorUrl() + ">; rel=\"blocked-by\"");
  }

  /** Returns the response to a request that is not decided; it quotes nothing that was sent. */
  private HttpResponse.Builder rejected(Rejection rejection, @Nullable String accept) {
    return switch (rejection.kind()) {
      case MALFORMED_EVENT ->
          clientError(
              ProblemCode.MALFORMED_EVENT, 400, "The event " + rejection.reason() + ".", accept);
      case MALFORMED_PATH ->
          clientError(
              ProblemCode.MALFORMED_PATH,
              400,
              "The path " + rejection.reason() + ". Ask for an artifact by its plain path.",
              accept);
      // RFC 9110, section 15.5.15.
      case URI_TOO_LONG ->
          clientError(
              ProblemCode.URI_TOO_LONG,
              414,
              "The path " + rejection.reason() + ". No artifact has such a path.",
              accept);
      // RFC 6585, section 5.
      case HEADERS_TOO_LARGE ->
          clientError(
              ProblemCode.HEADERS_TOO_LARGE,
              431,
              "The headers are too many or too long. Ask again without those that are not needed.",
              accept);
      case METHOD_NOT_ALLOWED ->
          clientError(
                  ProblemCode.METHOD_NOT_ALLOWED,
                  405,
                  "Artifacts are asked for with GET or HEAD.",
                  accept)
              .header("Allow", "GET, HEAD");
    };
  }

  private HttpResponse.Builder clientError(
      ProblemCode code, int status, String detail, @Nullable String accept) {
    return problem(status, basicDetails(code, status, detail), accept);
  }

  private HttpResponse.Builder unavailable(@Nullable String accept) {
    return problem(
            503,
            basicDetails(
                ProblemCode.UNAVAILABLE,
                503,
                "It cannot be decided at the moment whether this may be provided. Ask again later."),
            accept)
        .header("Retry-After", Long.toString(RETRY_AFTER.toSeconds()));
  }

  private ProblemDetails basicDetails(ProblemCode code, int status, String detail) {
    return new ProblemDetails()
        .add("title", HttpResponse.reasonPhrase(status))
        .add("code", code)
        .add("status", status)
        .add("detail", detail)
        .add("contact", settings.contact())
        .add("type", NO_SPECIFIC_TYPE);
  }

  private HttpResponse.Builder overview(Overview result, Instant freshFrom) {
    return withBody(
        200,
        "application/json",
        privateCacheControl(result.overview().firstChange().orElse(null), freshFrom),
        null,
        OverviewBody.of(result.overview(), result.context().region()).json());
  }

  private static HttpResponse.Builder problem(
      int status, ProblemDetails details, @Nullable String accept) {
    boolean json = Accept.asksForJson(accept);
    return withBody(
        status,
        json ? "application/problem+json" : "text/plain; charset=us-ascii",
        "no-store",
        "Accept",
        json ? details.json() : details.text());
  }

  private static HttpResponse.Builder withBody(
      int status, String contentType, String cacheControl, @Nullable String vary, String body) {
    HttpResponse.Builder response =
        new HttpResponse.Builder(status, body)
            .header("Content-Type", contentType)
            .header("Cache-Control", cacheControl);
    if (vary != null) {
      response.header("Vary", vary);
    }
    return response.header("X-Content-Type-Options", "nosniff");
  }

  private String privateCacheControl(@Nullable OutcomeChange change, Instant freshFrom) {
    return "private, max-age=" + maxAge(change, freshFrom) + ", stale-if-error=0";
  }

  /**
   * Returns the header of a response that only the edge may keep. The edge may send it when it is
   * almost stale, and an agent that ignores {@code Age} would keep it beyond the change.
   */
  private String sharedCacheControl(@Nullable OutcomeChange change, Instant freshFrom) {
    return "public, s-maxage=" + maxAge(change, freshFrom) + ", max-age=0, stale-if-error=0";
  }

  /** Returns the configured age in seconds, cut so that the response is stale at the change. */
  private long maxAge(@Nullable OutcomeChange change, Instant freshFrom) {
    Duration age = settings.cacheMaxAge();
    if (change != null) {
      Duration left = Duration.between(freshFrom, change.at());
      age = left.compareTo(age) < 0 ? left : age;
    }
    return age.isNegative() ? 0 : age.toSeconds();
  }
}
