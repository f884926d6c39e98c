package updategateway.deployer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.policy.source.Document;
import updategateway.policy.source.Position;
import updategateway.store.history.Activation;

/**
 * Strict reader of CloudFormation's request. Catalog, policies and corrections stay documents,
 * which {@code policy} reads.
 */
final class ResourceRequestReader {
  private static final String CATALOG = "Catalog";
  private static final String POLICIES = "Policies";
  private static final String CORRECTIONS = "Corrections";
  private static final String WITHOUT_POLICIES = "WithoutPolicies";
  private static final String BY = "By";
  private static final String REASON = "Reason";
  private static final String SERVICE_TIMEOUT = "ServiceTimeout";

  /** Differs with every deployment, so that CloudFormation sends a request; not used. */
  private static final String DEPLOYMENT = "Deployment";

  private static final List<String> PROPERTIES =
      List.of(
          CATALOG,
          POLICIES,
          WITHOUT_POLICIES,
          CORRECTIONS,
          BY,
          REASON,
          DEPLOYMENT,
          SERVICE_TIMEOUT,
          "ServiceToken");

  /** CloudFormation's own default and maximum, in seconds. */
  private static final int MAX_SERVICE_TIMEOUT = 3_600;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final List<String> problems = new ArrayList<>();

  private ResourceRequestReader() {}

  /**
   * @throws MalformedRequestException with all that is wrong
   */
  static ResourceRequest read(byte[] event) throws MalformedRequestException {
    JsonNode tree;
    try {
      tree = JSON.readTree(event);
    } catch (IOException e) {
      throw new MalformedRequestException(
          List.of("The event is not JSON, or a key stands in it twice."));
    }
    if (!tree.isObject()) {
      throw new MalformedRequestException(List.of("The event is not a JSON object."));
    }
    ResourceRequestReader reader = new ResourceRequestReader();
    ResourceRequest request = reader.request(tree);
    if (request == null || !reader.problems.isEmpty()) {
      throw new MalformedRequestException(reader.problems);
    }
    return request;
  }

  private @Nullable ResourceRequest request(JsonNode event) {
    String type = required(event, "RequestType");
    String requestId = required(event, "RequestId");
    String stack = required(event, "StackId");
    return switch (type) {
      case "Create", "Update" ->
          put(
              event.path("ResourceProperties"),
              requestId,
              stack,
              SigV4Timestamp.of(event.path("ResponseURL").asText("")));
      case "Delete" -> new ResourceRequest.Delete();
      case "" -> null;
      default -> {
        problems.add("RequestType is " + type + ": it is Create, Update or Delete.");
        yield null;
      }
    };
  }

  private @Nullable ResourceRequest put(
      JsonNode properties, String requestId, String stack, @Nullable Instant sentAt) {
    if (!properties.isObject()) {
      problems.add("ResourceProperties is missing: it has Catalog and Policies.");
      return null;
    }
    for (String name : (Iterable<String>) properties::fieldNames) {
      if (!PROPERTIES.contains(name)) {
        problems.add(
            "The property "
                + name
                + " is not known: there are Catalog, Policies, WithoutPolicies, Corrections, By,"
                + " Reason, Deployment and ServiceTimeout.");
      }
    }
    JsonNode policies = properties.path(POLICIES);
    if (!properties.has(CATALOG) || !policies.isArray()) {
      problems.add("The properties are Catalog, a mapping, and Policies, a list of mappings.");
    }
    boolean allowsNone = isTrue(properties, WITHOUT_POLICIES);
    if (policies.isArray() && policies.isEmpty() && !allowsNone) {
      problems.add(
          "Policies is empty, so that everything would be served to everybody: include a policy,"
              + " or write WithoutPolicies: true if that is meant.");
    }
    List<Document> documents = new ArrayList<>();
    for (JsonNode policy : policies) {
      if (!policy.isObject() && !policy.isNull()) {
        problems.add(
            POLICIES + "[" + documents.size() + "] is no mapping: each of them is a whole policy.");
      }
      documents.add(document(policy, POLICIES + "[" + documents.size() + "]", ""));
    }
    Document catalog = document(properties.path(CATALOG), CATALOG, "");
    // An empty text, if the template's parameter is empty, means none.
    Document corrections =
        properties.has(CORRECTIONS) && !isEmptyText(properties.path(CORRECTIONS))
            ? document(properties.path(CORRECTIONS), CORRECTIONS, "")
            : null;
    String by = text(properties, BY);
    String reason = text(properties, REASON);
    Duration serviceTimeout = serviceTimeout(properties);
    if (!problems.isEmpty()) {
      return null;
    }
    try {
      return new ResourceRequest.Put(
          catalog,
          documents,
          corrections,
          new Activation.Request(by == null ? "cloudformation" : by, stack, requestId, reason),
          serviceTimeout,
          sentAt);
    } catch (IllegalArgumentException e) {
      problems.add("The request cannot be kept in the history: " + e.getMessage() + ".");
      return null;
    }
  }

  private static boolean isEmptyText(JsonNode node) {
    return node.isTextual() && node.asText().isEmpty();
  }

  private String required(JsonNode event, String name) {
    String value = event.path(name).asText("");
    if (value.isBlank()) {
      problems.add(name + " is missing: CloudFormation always sends it.");
    }
    return value;
  }

  /** Returns an optional text; null if it is empty, as an unset parameter of a template is. */
  private @Nullable String text(JsonNode properties, String name) {
    JsonNode value = properties.path(name);
    if (!value.isMissingNode() && !value.isValueNode()) {
      problems.add("The property " + name + " is a text.");
    }
    String text = value.asText("").strip();
    return text.isEmpty() || value.isNull() ? null : text;
  }

  /** Returns a boolean, which CloudFormation sends as a text. */
  private boolean isTrue(JsonNode properties, String name) {
    String text = text(properties, name);
    if (text != null && !text.equals("true") && !text.equals("false")) {
      problems.add("The property " + name + " is true or false.");
    }
    return "true".equals(text);
  }

  private Duration serviceTimeout(JsonNode properties) {
    String text = text(properties, SERVICE_TIMEOUT);
    if (text == null) {
      return Duration.ofSeconds(MAX_SERVICE_TIMEOUT);
    }
    int seconds = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    if (seconds < 1 || seconds > MAX_SERVICE_TIMEOUT) {
      problems.add(
          "ServiceTimeout is " + text + ": write seconds, from 1 to " + MAX_SERVICE_TIMEOUT + ".");
    }
    return Duration.ofSeconds(seconds);
  }

  private Document document(JsonNode node, String property, String path) {
    Position position = new Position(property, 0, path);
    if (node.isObject()) {
      List<Document.Field> fields = new ArrayList<>();
      for (var entry : node.properties()) {
        String inner = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
        fields.add(
            new Document.Field(
                entry.getKey(),
                new Position(property, 0, inner),
                document(entry.getValue(), property, inner)));
      }
      return new Document.Mapping(fields, position);
    }
    if (node.isArray()) {
      List<Document> items = new ArrayList<>();
      for (JsonNode item : node) {
        items.add(document(item, property, path + "[" + items.size() + "]"));
      }
      return new Document.Sequence(items, position);
    }
    if (node.isNull()) {
      problems.add(position + " is null: write a value or leave the key out.");
    }
    return new Document.Text(node.asText(), position);
  }
}
