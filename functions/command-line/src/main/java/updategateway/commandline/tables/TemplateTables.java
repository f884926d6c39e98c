package updategateway.commandline.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import updategateway.commandline.UsageException;

/**
 * The tables of the template, so that local and deployed ones never differ. CloudFormation's own
 * tags are passed over.
 */
public final class TemplateTables {
  private TemplateTables() {}

  /**
   * A table as the template declares it.
   *
   * @param name its logical id, which is its name on this machine
   * @param attributes of its keys
   * @param keys partition key, then sort key where it has one
   */
  public record Table(
      String name, List<AttributeDefinition> attributes, List<KeySchemaElement> keys) {
    public Table {
      attributes = List.copyOf(attributes);
      keys = List.copyOf(keys);
    }
  }

  /**
   * Reads them.
   *
   * @throws UsageException when the template cannot be read or declares none
   */
  public static List<Table> read(Path template) throws UsageException {
    List<Table> tables = new ArrayList<>();
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(template.toString()).build();
      Node root = new Compose(settings).composeString(Files.readString(template)).orElseThrow();
      for (NodeTuple resource : fields(get(root, "Resources"))) {
        if ("AWS::DynamoDB::Table".equals(text(get(resource.getValueNode(), "Type")))) {
          tables.add(
              table(text(resource.getKeyNode()), get(resource.getValueNode(), "Properties")));
        }
      }
    } catch (IOException | YamlEngineException | IllegalArgumentException e) {
      throw new UsageException("The tables of " + template + " cannot be read: " + e.getMessage());
    }
    if (tables.isEmpty()) {
      throw new UsageException(template + " declares no table.");
    }
    return tables;
  }

  private static Table table(String name, @Nullable Node properties) {
    List<AttributeDefinition> attributes = new ArrayList<>();
    for (Node item : items(get(properties, "AttributeDefinitions"))) {
      Map<String, String> texts = texts(item);
      attributes.add(
          AttributeDefinition.builder()
              .attributeName(texts.get("AttributeName"))
              .attributeType(texts.get("AttributeType"))
              .build());
    }
    List<KeySchemaElement> keys = new ArrayList<>();
    for (Node item : items(get(properties, "KeySchema"))) {
      Map<String, String> texts = texts(item);
      keys.add(
          KeySchemaElement.builder()
              .attributeName(texts.get("AttributeName"))
              .keyType(texts.get("KeyType"))
              .build());
    }
    return new Table(name, attributes, keys);
  }

  private static Map<String, String> texts(Node node) {
    Map<String, String> texts = new HashMap<>();
    fields(node).forEach(field -> texts.put(text(field.getKeyNode()), text(field.getValueNode())));
    return texts;
  }

  private static @Nullable Node get(@Nullable Node node, String key) {
    return fields(node).stream()
        .filter(field -> text(field.getKeyNode()).equals(key))
        .map(NodeTuple::getValueNode)
        .findFirst()
        .orElse(null);
  }

  private static List<NodeTuple> fields(@Nullable Node node) {
    if (node instanceof MappingNode mapping) {
      return mapping.getValue();
    }
    throw new IllegalArgumentException("a mapping is missing");
  }

  private static List<Node> items(@Nullable Node node) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    throw new IllegalArgumentException("a table has no AttributeDefinitions or KeySchema");
  }

  private static String text(@Nullable Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
