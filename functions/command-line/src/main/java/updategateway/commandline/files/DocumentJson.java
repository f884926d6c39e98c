package updategateway.commandline.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import updategateway.policy.source.Document;

/** Documents as the JSON that CloudFormation makes of an included file: every scalar a string. */
public final class DocumentJson {
  private DocumentJson() {}

  /** The same tree. */
  public static JsonNode of(Document document) {
    return switch (document) {
      case Document.Text text -> TextNode.valueOf(text.value());
      case Document.Sequence sequence -> {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        sequence.items().forEach(item -> items.add(of(item)));
        yield items;
      }
      case Document.Mapping mapping -> {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        mapping.fields().forEach(field -> fields.set(field.key(), of(field.value())));
        yield fields;
      }
    };
  }
}
