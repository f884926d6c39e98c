package updategateway.policystore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import updategateway.policy.document.Document;
import updategateway.policy.document.Position;

/**
 * Documents as native DynamoDB attributes, readable in the console: texts, lists and maps, and
 * nothing else.
 */
final class DocumentAttributes {
  private DocumentAttributes() {}

  static Map<String, AttributeValue> of(Document.Mapping mapping) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    mapping.fields().forEach(field -> attributes.put(field.key(), value(field.value())));
    return attributes;
  }

  private static AttributeValue value(Document document) {
    return switch (document) {
      case Document.Text text -> AttributeValue.fromS(text.value());
      case Document.Sequence sequence ->
          AttributeValue.fromL(sequence.items().stream().map(DocumentAttributes::value).toList());
      case Document.Mapping mapping -> AttributeValue.fromM(of(mapping));
    };
  }

  /**
   * @param path where the attributes stand, for the message
   * @throws PolicyStoreException.Corrupt when an attribute is of another type
   */
  static Document.Mapping mapping(Map<String, AttributeValue> attributes, String path)
      throws PolicyStoreException.Corrupt {
    List<Document.Field> fields = new ArrayList<>();
    for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
      String inner = path + "." + attribute.getKey();
      fields.add(
          new Document.Field(
              attribute.getKey(), position(inner), document(attribute.getValue(), inner)));
    }
    return new Document.Mapping(fields, position(path));
  }

  private static Document document(AttributeValue value, String path)
      throws PolicyStoreException.Corrupt {
    return switch (value.type()) {
      case S -> new Document.Text(value.s(), position(path));
      case L -> {
        List<Document> items = new ArrayList<>();
        for (AttributeValue item : value.l()) {
          items.add(document(item, path + "[" + items.size() + "]"));
        }
        yield new Document.Sequence(items, position(path));
      }
      case M -> mapping(value.m(), path);
      case N, B, SS, NS, BS, BOOL, NUL, UNKNOWN_TO_SDK_VERSION ->
          throw new PolicyStoreException.Corrupt(
              Defect.ILL_FORMED, path + " is of the type " + value.type() + ", which no set has");
    };
  }

  private static Position position(String path) {
    return new Position("", 0, path);
  }
}
