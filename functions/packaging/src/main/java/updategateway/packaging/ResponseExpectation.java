package updategateway.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import updategateway.packaging.lambda.RuntimeApi;

/**
 * Whether a function answers an event as the event's own member {@code expect} says: an answer of
 * any other kind, such as that there is no policy, is not what a cache is to be trained with.
 */
final class ResponseExpectation {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String EXPECT = "expect";
  private static final int FIRST_FAULT = 500;

  private ResponseExpectation() {}

  /**
   * What is wrong with it, in words; empty when nothing is. Where the event expects nothing in
   * particular, any status is right but those of a fault of the server.
   */
  static Optional<String> fault(String event, RuntimeApi.Answer answer) throws IOException {
    if (answer.isError()) {
      return Optional.of("it failed");
    }
    int status;
    try {
      JsonNode body = JSON.readTree(answer.body());
      status = body.path("statusCode").asInt();
    } catch (IOException e) {
      return Optional.of("its answer is not JSON");
    }
    if (status == 0) {
      return Optional.of("its answer has no statusCode");
    }
    JsonNode expected = JSON.readTree(event).path(EXPECT).path("status");
    if (expected.isInt()) {
      return status == expected.asInt()
          ? Optional.empty()
          : Optional.of("its status is " + status + ", not " + expected.asInt());
    }
    return status < FIRST_FAULT ? Optional.empty() : Optional.of("its status is " + status);
  }
}
