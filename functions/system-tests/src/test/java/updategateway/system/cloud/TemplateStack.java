package updategateway.system.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The tables of the template as a CloudFormation template of their own: word for word, with the
 * parameters, conditions and resources that they name and the outputs that name nothing else. What
 * is left out are the functions, which these clouds run only with Docker.
 */
final class TemplateStack {
  private static final Pattern SUBSTITUTED = Pattern.compile("\\$\\{([A-Za-z0-9:]+)[^}]*}");

  private final ObjectNode whole;
  private final ObjectNode part = JsonNodeFactory.instance.objectNode();

  private TemplateStack(ObjectNode whole) {
    this.whole = whole;
  }

  /**
   * As JSON, which CloudFormation takes like YAML.
   *
   * @throws IOException when the file cannot be read
   */
  static String tablesOf(Path template) throws IOException {
    Node root =
        new Compose(LoadSettings.builder().setLabel(template.toString()).build())
            .composeString(Files.readString(template))
            .orElseThrow();
    return new TemplateStack((ObjectNode) json(root)).tables().toPrettyString();
  }

  private ObjectNode tables() {
    part.set("AWSTemplateFormatVersion", whole.path("AWSTemplateFormatVersion"));
    Deque<String> names = new ArrayDeque<>();
    whole.path("Resources").properties().stream()
        .filter(entry -> entry.getValue().path("Type").asText().equals("AWS::DynamoDB::Table"))
        .forEach(entry -> names.add(entry.getKey()));
    Set<String> taken = new LinkedHashSet<>();
    while (!names.isEmpty()) {
      String name = names.remove();
      if (taken.add(name)) {
        for (String section : Set.of("Resources", "Parameters", "Conditions")) {
          JsonNode declared = whole.path(section).path(name);
          if (!declared.isMissingNode()) {
            part.withObjectProperty(section).set(name, declared);
            names.addAll(namesIn(declared));
          }
        }
      }
    }
    whole.path("Outputs").properties().stream()
        .filter(entry -> taken.containsAll(namesIn(entry.getValue())))
        .forEach(entry -> part.withObjectProperty("Outputs").set(entry.getKey(), entry.getValue()));
    return part;
  }

  /** What it refers to, whether as a resource, a parameter or a condition. */
  private static Set<String> namesIn(JsonNode node) {
    Set<String> names = new TreeSet<>();
    if (node.isObject()) {
      node.properties()
          .forEach(field -> {
            JsonNode value = field.getValue();
            switch (field.getKey()) {
              case "Ref", "Condition" -> names.add(value.asText());
              case "Fn::GetAtt", "Fn::If" -> names.add(value.path(0).asText());
              case "Fn::Sub" ->
                  SUBSTITUTED
                      .matcher(value.isArray() ? value.path(0).asText() : value.asText())
                      .results()
                      .forEach(match -> names.add(match.group(1)));
              case "DependsOn" -> {
                names.add(value.asText());
                value.forEach(item -> names.add(item.asText()));
              }
              default -> {}
            }
          });
    }
    node.forEach(inner -> names.addAll(namesIn(inner)));
    names.removeIf(name -> name.isEmpty() || name.startsWith("AWS::"));
    return names;
  }

  /** With the long form of what CloudFormation's tags abbreviate. */
  private static JsonNode json(Node node) {
    String tag = node.getTag().getValue();
    if (!tag.startsWith("!")) {
      return untagged(node);
    }
    String name = tag.substring(1);
    JsonNode value = untagged(node);
    if (name.equals("GetAtt") && value.isTextual()) {
      ArrayNode path = JsonNodeFactory.instance.arrayNode();
      for (String step : value.asText().split("\\.", 2)) {
        path.add(step);
      }
      value = path;
    }
    ObjectNode function = JsonNodeFactory.instance.objectNode();
    function.set(name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name, value);
    return function;
  }

  private static JsonNode untagged(Node node) {
    return switch (node) {
      case MappingNode mapping -> {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        mapping
            .getValue()
            .forEach(field ->
                fields.set(
                    ((ScalarNode) field.getKeyNode()).getValue(), json(field.getValueNode())));
        yield fields;
      }
      case SequenceNode sequence -> {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        sequence.getValue().forEach(item -> items.add(json(item)));
        yield items;
      }
      case ScalarNode scalar when scalar.getTag().equals(Tag.BOOL) ->
          BooleanNode.valueOf(Boolean.parseBoolean(scalar.getValue()));
      case ScalarNode scalar -> TextNode.valueOf(scalar.getValue());
      default -> throw new IllegalArgumentException("an alias in a template: " + node);
    };
  }
}
