package updategateway.gateway.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import updategateway.region.RequestOrigin;

/** What the function was called with. */
public sealed interface Event {
  /** What called the function, and so which form the answer has. */
  Front front();

  /** The kinds of what can stand before the function. */
  enum Front {
    /** An HTTP API or a function URL, of payload format 2.0. */
    HTTP_API,
    /** An application load balancer. */
    LOAD_BALANCER,
    /** An application load balancer whose target group has multi-value headers turned on. */
    LOAD_BALANCER_MULTI_VALUE;

    /** Whether it is a load balancer. */
    public boolean isLoadBalancer() {
      return this != HTTP_API;
    }
  }

  /**
   * A request over HTTP.
   *
   * @param method as sent
   * @param rawPath as the front reports it, which may put a stage or an API mapping before what was
   *     sent: see {@link AskedPath}
   * @param rawQuery as sent, without the question mark; null when there is none
   * @param headers by lower-case name; a header that was sent more than once has its values joined
   *     with commas
   * @param sourceAddress the TCP peer, a literal; null when it is not reported
   * @param time when AWS took the request; null when it is not reported
   * @param requestId by which AWS logs the request; null when it is not reported
   * @param stage the named stage of an HTTP API; null for {@code $default} and for other fronts
   * @param contextPath the path in {@code requestContext.http}; null when it is not reported
   * @param signed whether AWS checked a signature on the request
   * @param front what took the request
   */
  record HttpRequest(
      String method,
      String rawPath,
      @Nullable String rawQuery,
      Map<String, String> headers,
      @Nullable String sourceAddress,
      @Nullable Instant time,
      @Nullable String requestId,
      @Nullable String stage,
      @Nullable String contextPath,
      boolean signed,
      Front front)
      implements Event {
    private static final int MAX_HEADERS = 128;
    private static final int MAX_HEADER_BYTES = 32_768;
    private static final int MAX_BYTES_PER_CHARACTER = 3;

    public HttpRequest {
      headers = Map.copyOf(headers);
    }

    /** What came with it that could say where it comes from. */
    public RequestOrigin origin() {
      return new RequestOrigin(headers, sourceAddress, signed);
    }

    /**
     * Whether the headers are no more and no longer than any agent's: 128 of them, 32,768 bytes
     * with their names. CloudFront takes 20,480 bytes, API Gateway 10,240.
     */
    public boolean headersWithinLimits() {
      int characters = 0;
      for (Map.Entry<String, String> header : headers.entrySet()) {
        characters += header.getKey().length() + header.getValue().length();
      }
      return headers.size() <= MAX_HEADERS
          && (characters <= MAX_HEADER_BYTES / MAX_BYTES_PER_CHARACTER
              || (characters <= MAX_HEADER_BYTES && headerBytes() <= MAX_HEADER_BYTES));
    }

    private int headerBytes() {
      int bytes = 0;
      for (Map.Entry<String, String> header : headers.entrySet()) {
        bytes += header.getKey().getBytes(StandardCharsets.UTF_8).length;
        bytes += header.getValue().getBytes(StandardCharsets.UTF_8).length;
      }
      return bytes;
    }

    /** The value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
  }

  /**
   * Not an event of a known format.
   *
   * @param reason why, completing "the event …"
   * @param front what seems to have called the function
   */
  record Malformed(String reason, Front front) implements Event {}
}
