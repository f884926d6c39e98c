package updategateway.cli.policy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** CloudFormation as far as DescribeStacks goes, with one stack or none. */
final class CloudFormationStandIn implements AutoCloseable {
  static final String STACK_ID =
      "arn:aws:cloudformation:us-east-1:123456789012:stack/gateway/5b1d0a60-0c5e-11f0-8f1e-0affd2f1c2b7";

  private final HttpServer server;
  private final Map<String, String> parameters = new TreeMap<>();
  private final Map<String, String> outputs = new TreeMap<>();
  private boolean exists = true;
  private boolean denies;

  CloudFormationStandIn() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void parameter(String name, String value) {
    parameters.put(name, value);
  }

  void output(String name, String value) {
    outputs.put(name, value);
  }

  void withoutOutputs() {
    outputs.clear();
  }

  void hasNoStack() {
    exists = false;
  }

  void denies() {
    denies = true;
  }

  private void answer(HttpExchange exchange) {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] body = body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/xml");
      exchange.sendResponseHeaders(denies ? 403 : exists ? 200 : 400, body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String body() {
    if (denies) {
      return error(
          "AccessDenied", "User is not authorized to perform: cloudformation:DescribeStacks");
    }
    if (!exists) {
      return error("ValidationError", "Stack with id gateway does not exist");
    }
    return "<DescribeStacksResponse xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\">"
        + "<DescribeStacksResult><Stacks><member><StackName>gateway</StackName><StackId>"
        + STACK_ID
        + "</StackId><StackStatus>UPDATE_COMPLETE</StackStatus><Parameters>"
        + members(parameters, "Parameter")
        + "</Parameters><Outputs>"
        + members(outputs, "Output")
        + "</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>";
  }

  private static String error(String code, String message) {
    return "<ErrorResponse xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\"><Error><Type>Sender</Type><Code>"
        + code
        + "</Code><Message>"
        + message
        + "</Message></Error></ErrorResponse>";
  }

  private static String members(Map<String, String> values, String kind) {
    StringBuilder members = new StringBuilder();
    values.forEach((name, value) ->
        members.append(
            "<member><%sKey>%s</%sKey><%sValue>%s</%sValue></member>"
                .formatted(kind, name, kind, kind, value, kind)));
    return members.toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
