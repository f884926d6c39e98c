package updategateway.deployer;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Requests as CloudFormation sends them. */
final class Events {
  static final JsonMapper JSON = new JsonMapper();

  static final String STACK =
      "arn:aws:cloudformation:us-east-1:123456789012:stack/gateway/5b1d0a60-0c5e-11f0-8f1e-0affd2f1c2b7";

  private Events() {}

  /**
   * A request about one policy.
   *
   * @param responseUrl where the answer is awaited; null for nowhere
   */
  static ObjectNode event(
      String type, String requestId, ObjectNode policy, @Nullable String responseUrl) {
    ObjectNode event = JSON.createObjectNode();
    event.put("RequestType", type);
    event.put("ServiceToken", "arn:aws:lambda:us-east-1:123456789012:function:deployer");
    if (responseUrl != null) {
      event.put("ResponseURL", responseUrl);
    }
    event.put("StackId", STACK);
    event.put("RequestId", requestId);
    event.put("LogicalResourceId", "PolicyInForce");
    if (!type.equals("Create")) {
      event.put("PhysicalResourceId", "policy-in-force");
    }
    event.put("ResourceType", "Custom::PolicyInForce");
    ObjectNode properties = event.putObject("ResourceProperties");
    properties.put("ServiceToken", "arn:aws:lambda:us-east-1:123456789012:function:deployer");
    properties
        .putObject("Catalog")
        .putArray("routes")
        .addObject()
        .put("path", "/bases/**")
        .put("product", "endpoint-security")
        .put("activity", "signature-update");
    properties.putArray("Policies").add(policy);
    return event;
  }

  static ObjectNode properties(ObjectNode event) {
    return (ObjectNode) event.path("ResourceProperties");
  }

  /** A policy from a day of September 2024 on; another day is another set. */
  static ObjectNode policy(int day) {
    return policy("2024-09-%02d 00:00 America/New_York".formatted(day));
  }

  static ObjectNode policy(String from) {
    ObjectNode policy = JSON.createObjectNode();
    policy.put("id", "a-policy").put("title", "T").put("authority", "A").put("citation", "C");
    ObjectNode scope = policy.putObject("scope");
    scope.putArray("locations").add("US");
    scope.putArray("subjects").add("located");
    policy.putArray("products").add("*");
    ObjectNode phase = policy.putArray("phases").addObject();
    phase.put("id", "updates").put("from", from).putArray("refuses").add("signature-update");
    policy.put("undetermined", "refuse");
    return policy;
  }
}
