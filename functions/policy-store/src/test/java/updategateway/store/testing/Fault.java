package updategateway.store.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What can go wrong between a client and DynamoDB, as the client meets it on its socket. */
public sealed interface Fault {
  /** Nobody listens; connections that were open are reset. */
  record Refused() implements Fault {}

  /** Connections are taken and requests read, and that is all. */
  record Silent() implements Fault {}

  /** The right answer, so much later. */
  record Late(Duration by) implements Fault {}

  /** The right answer, one byte at a time: no read of the socket ever times out. */
  record Trickling(Duration pause) implements Fault {}

  /** The connection is closed as soon as the request is there. */
  record HungUp() implements Fault {}

  /** The connection is reset after half of the right answer. */
  record ResetMidAnswer() implements Fault {}

  /** An error as DynamoDB writes it. */
  record Refusing(int status, String type, String message) implements Fault {
    @Override
    public String toString() {
      return status + " " + type;
    }
  }

  /** A success whose body is something else. */
  record Saying(String body) implements Fault {
    @Override
    public String toString() {
      return "Saying[" + (body.length() > 40 ? body.substring(0, 40) + "…" : body) + "]";
    }
  }

  /** Likewise, to whoever asks which set is in force; all else gets the right answer. */
  record SayingOfThePointer(String body) implements Fault {}

  /**
   * The answer to a transaction is lost with its connection; all else gets the right answer.
   *
   * @param carriedOut whether the transaction reaches the table
   * @param forGood whether nobody listens any more from then on
   */
  record LostTransaction(boolean carriedOut, boolean forGood) implements Fault {}

  /** A status, headers and a body of one's own. */
  record Responding(int status, Map<String, String> headers, String body) implements Fault {
    @Override
    public String toString() {
      return status + " " + headers + " " + body;
    }
  }

  /** A success with the first half of the right body, as if that were all. */
  record Halved() implements Fault {}

  /** The right answer with one byte of its body changed, and the checksum as it was. */
  record Flipped() implements Fault {}

  /** Every kind, with DynamoDB's own words. */
  static List<Fault> all() {
    return List.of(
        new Refused(),
        new Silent(),
        new Late(Duration.ofSeconds(10)),
        new Trickling(Duration.ofMillis(200)),
        new HungUp(),
        new ResetMidAnswer(),
        new Halved(),
        new Flipped(),
        new Saying(""),
        new Saying("{}"),
        new Saying("<html><body>Please log in to this network</body></html>"),
        new Saying("{\"Item\":7}"),
        new Saying("{\"Item\":{\"digest\":{\"S\":\"" + "0".repeat(64) + "\"}}}"),
        new Saying("{\"Item\":{\"digest\":{\"N\":\"1e999999999\"},\"sequence\":{\"S\":\"1\"}}}"),
        new Saying("{\"Item\":{\"digest\":" + "{\"L\":[".repeat(50_000)),
        error(400, "ProvisionedThroughputExceededException", "The level of configured throughput…"),
        error(400, "RequestLimitExceeded", "Throughput exceeds the current limit for your account"),
        error(400, "ThrottlingException", "Rate of requests exceeds the allowed throughput."),
        error(500, "InternalServerError", "The request processing has failed"),
        error(503, "ServiceUnavailable", "The service is unavailable"),
        error(
            400, "ExpiredTokenException", "The security token included in the request is expired"),
        error(400, "UnrecognizedClientException", "The security token in the request is invalid."),
        error(400, "AccessDeniedException", "User is not authorized to perform: dynamodb:GetItem"),
        error(400, "ResourceNotFoundException", "Requested resource not found"),
        // What the endpoint of one region says to a request that is signed for another.
        error(
            400,
            "InvalidSignatureException",
            "Credential should be scoped to a valid region, not 'eu-west-1'."));
  }

  /** An error of DynamoDB. */
  static Refusing error(int status, String type, String message) {
    return new Refusing(status, type, message);
  }

  /** The body of an error, as DynamoDB's protocol has it. */
  static byte[] body(Refusing error) {
    String prefix =
        error.type().equals("ProvisionedThroughputExceededException")
                || error.type().equals("ResourceNotFoundException")
                || error.type().equals("RequestLimitExceeded")
                || error.type().equals("InternalServerError")
            ? "com.amazonaws.dynamodb.v20120810#"
            : "com.amazon.coral.service#";
    return ("{\"__type\":\""
            + prefix
            + error.type()
            + "\",\"message\":\""
            + error.message()
            + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
