package updategateway.local.edge;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;
import updategateway.region.EdgeHeaders;

/**
 * Makes of a request the event that a function URL behind CloudFront gets: payload format 2.0,
 * signed by origin access control, with the viewer headers of the edge in place of the client's.
 */
final class EventBuilder {
  private static final String EDGE_HEADER_PREFIX = "cloudfront-";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private EventBuilder() {}

  static byte[] build(
      String method,
      String rawPath,
      @Nullable String rawQuery,
      HttpFields sent,
      Viewer viewer,
      String peer,
      String requestId,
      Instant time)
      throws JsonProcessingException {
    Map<String, String> headers = new LinkedHashMap<>();
    List<String> cookies = new ArrayList<>();
    for (HttpField field : sent) {
      String name = field.getName().toLowerCase(Locale.ROOT);
      String value = field.getValue() == null ? "" : field.getValue();
      if (name.equals("cookie")) {
        cookies.addAll(List.of(value.split("; ", -1)));
      } else if (!name.startsWith(EDGE_HEADER_PREFIX) && !name.startsWith(LocalHeaders.PREFIX)) {
        headers.merge(name, value, (first, second) -> first + "," + second);
      }
    }
    String address = viewer.address() == null ? peer : viewer.address();
    if (viewer.country() != null) {
      headers.put(EdgeHeaders.VIEWER_COUNTRY, viewer.country());
    }
    if (viewer.subdivision() != null) {
      headers.put(EdgeHeaders.VIEWER_COUNTRY_REGION, viewer.subdivision());
    }
    headers.put(EdgeHeaders.VIEWER_ADDRESS, address + ":44321");
    var http =
        APIGatewayV2HTTPEvent.RequestContext.Http.builder()
            .withMethod(method)
            .withPath(rawPath)
            .withProtocol("HTTP/1.1")
            .withSourceIp(address)
            .withUserAgent(headers.getOrDefault("user-agent", ""))
            .build();
    var context =
        APIGatewayV2HTTPEvent.RequestContext.builder()
            .withAccountId("000000000000")
            .withApiId("local")
            .withStage("$default")
            .withRouteKey("$default")
            .withRequestId(requestId)
            .withTimeEpoch(time.toEpochMilli())
            .withHttp(http)
            .withAuthorizer(
                APIGatewayV2HTTPEvent.RequestContext.Authorizer.builder()
                    .withIam(
                        APIGatewayV2HTTPEvent.RequestContext.IAM
                            .builder()
                            .withAccountId("000000000000")
                            .build())
                    .build())
            .build();
    return JSON.writeValueAsBytes(
        APIGatewayV2HTTPEvent.builder()
            .withVersion("2.0")
            .withRouteKey("$default")
            .withRawPath(rawPath)
            .withRawQueryString(rawQuery == null ? "" : rawQuery)
            .withCookies(cookies.isEmpty() ? null : cookies)
            .withHeaders(headers)
            .withRequestContext(context)
            .withIsBase64Encoded(false)
            .build());
  }
}
