package updategateway.store.sets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import updategateway.policy.source.Document;
import updategateway.policy.source.Position;
import updategateway.store.dynamodb.Attribute;
import updategateway.store.dynamodb.CorruptionKind;
import updategateway.store.dynamodb.PolicyStoreException;

/**
 * Documents as native DynamoDB attributes, readable in the console: texts, lists and maps, and
 * nothing else.
 */
final class DocumentAttributes {
  private DocumentAttributes() {}

  static Map<String, Attribute> of(Document.Mapping mapping) {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    mapping.fields().forEach(field -> attributes.put(field.key(), value(field.value())));
    return attributes;
  }

  private static Attribute value(Document document) {
    return switch (document) {
      case Document.Text text -> Attribute.fromS(text.value());
      case Document.Sequence sequence ->
          Attribute.fromL(sequence.items().stream().map(DocumentAttributes::value).toList());
      case Document.Mapping mapping -> Attribute.fromM(of(mapping));
    };
  }

  /**
   * @param path where the attributes stand, for the message
   * @throws PolicyStoreException.Corrupt when an attribute is of another type
   */
  static Document.Mapping mapping(Map<String, Attribute> attributes, String path)
      throws PolicyStoreException.Corrupt {
    List<Document.Field> fields = new ArrayList<>();
    for (Map.Entry<String, Attribute> attribute : attributes.entrySet()) {
      String inner = path + "." + attribute.getKey();
      fields.add(
          new Document.Field(
              attribute.getKey(), position(inner), document(attribute.getValue(), inner)));
    }
    return new Document.Mapping(fields, position(path));
  }

  private static Document document(Attribute value, String path)
      throws PolicyStoreException.Corrupt {
    String text = value.s();
    if (text != null) {
      return new Document.Text(text, position(path));
    }
    List<Attribute> list = value.l();
    if (list != null) {
      List<Document> items = new ArrayList<>();
      for (Attribute item : list) {
        items.add(document(item, path + "[" + items.size() + "]"));
      }
      return new Document.Sequence(items, position(path));
    }
    Map<String, Attribute> map = value.m();
    if (map != null) {
      return mapping(map, path);
    }
    throw new PolicyStoreException.Corrupt(
        CorruptionKind.ILL_FORMED, path + " is of the type " + value.type() + ", which no set has");
  }

  private static Position position(String path) {
    return new Position("", 0, path);
  }
}
