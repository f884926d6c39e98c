package updategateway.deployer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;

/** Log entry of a response to CloudFormation and its delivery, as one line of JSON. */
final class DeploymentLogEntry {
  private DeploymentLogEntry() {}

  /**
   * Returns the line without its end.
   *
   * @param response JSON
   */
  static String json(byte[] response, ResponseSender.Delivery delivery) {
    ObjectNode line = JsonNodeFactory.instance.objectNode().put("event", "policy-deployment");
    line.putRawValue("answer", new RawValue(new String(response, StandardCharsets.UTF_8)));
    switch (delivery) {
      case ResponseSender.Delivered _ -> line.put("delivery", "taken");
      case ResponseSender.Rejected(String cause) ->
          line.put("delivery", "refused").put("detail", cause);
      case ResponseSender.Failed(String cause) -> line.put("delivery", "lost").put("detail", cause);
    }
    return line.toString();
  }
}
