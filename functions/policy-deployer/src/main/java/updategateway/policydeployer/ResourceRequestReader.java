package updategateway.policydeployer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import updategateway.policy.document.Document;
import updategateway.policy.document.Position;

/**
 * Reads CloudFormation's request. The policies are handed on as documents, for the one reader that
 * knows their format.
 */
final class ResourceRequestReader {
  private static final String CATALOG = "Catalog";
  private static final String POLICIES = "Policies";
  private static final String BY = "By";
  private static final Set<String> PROPERTIES =
      Set.of(CATALOG, POLICIES, BY, "ServiceToken", "ServiceTimeout");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ResourceRequestReader() {}

  /**
   * @throws MalformedRequestException when it is not such a request
   */
  static ResourceRequest read(InputStream in) throws MalformedRequestException {
    JsonNode event;
    try {
      event = JSON.readTree(in);
    } catch (IOException e) {
      throw new MalformedRequestException("The event is not JSON, or a key stands in it twice.");
    }
    if (!event.isObject()) {
      throw new MalformedRequestException("The event is not a JSON object.");
    }
    String type = text(event, "RequestType");
    String requestId = text(event, "RequestId");
    String stack = text(event, "StackId");
    return switch (type) {
      case "Create", "Update" -> put(event.path("ResourceProperties"), requestId, stack);
      case "Delete" -> new ResourceRequest.Delete(requestId, stack);
      default ->
          throw new MalformedRequestException(
              "RequestType is " + type + ": it is Create, Update or Delete.");
    };
  }

  private static ResourceRequest put(JsonNode properties, String requestId, String stack)
      throws MalformedRequestException {
    if (!properties.isObject()) {
      throw new MalformedRequestException(
          "ResourceProperties is missing: it has Catalog and Policies.");
    }
    for (String name : (Iterable<String>) properties::fieldNames) {
      if (!PROPERTIES.contains(name)) {
        throw new MalformedRequestException(
            "The property " + name + " is not known: there are Catalog, Policies and By.");
      }
    }
    JsonNode policies = properties.path(POLICIES);
    if (!properties.has(CATALOG) || !policies.isArray()) {
      throw new MalformedRequestException(
          "The properties are Catalog, a mapping, and Policies, a list of mappings.");
    }
    List<Document> documents = new ArrayList<>();
    for (JsonNode policy : policies) {
      documents.add(document(policy, POLICIES + "[" + documents.size() + "]", ""));
    }
    String by = properties.path(BY).asText("");
    return new ResourceRequest.Put(
        requestId,
        stack,
        document(properties.path(CATALOG), CATALOG, ""),
        documents,
        by.isBlank() ? "cloudformation" : by);
  }

  private static String text(JsonNode event, String name) throws MalformedRequestException {
    String text = event.path(name).asText("");
    if (text.isBlank()) {
      throw new MalformedRequestException(name + " is missing: CloudFormation always sends it.");
    }
    return text;
  }

  private static Document document(JsonNode node, String property, String path)
      throws MalformedRequestException {
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
      throw new MalformedRequestException(
          position + " is null: write a value or leave the key out.");
    }
    return new Document.Text(node.asText(), position);
  }
}
