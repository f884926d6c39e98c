package updategateway.cli.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import updategateway.commandline.UsageException;
import updategateway.policy.source.Diagnostic;
import updategateway.policy.source.PortableYaml;

/**
 * A CloudFormation template as the JSON that it stands for: every scalar a text, the short forms of
 * functions as their long ones, so that {@code !Ref X} is {@code {"Ref": "X"}}.
 */
public final class CloudFormationTemplate {
  private final JsonNode root;

  private CloudFormationTemplate(JsonNode root) {
    this.root = root;
  }

  /**
   * Reads it.
   *
   * @throws UsageException when it cannot be read, or CloudFormation would read something else
   */
  public static CloudFormationTemplate read(Path file) throws UsageException {
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
      String text = Files.readString(file);
      List<Diagnostic> differences = PortableYaml.check(file.toString(), text);
      if (!differences.isEmpty()) {
        throw new UsageException(
            "CloudFormation would read the template otherwise than it is read here:\n"
                + String.join("\n", differences.stream().map(Diagnostic::toString).toList()));
      }
      return new CloudFormationTemplate(
          json(new Compose(settings).composeString(text).orElseThrow()));
    } catch (IOException | YamlEngineException e) {
      throw new UsageException("The template " + file + " cannot be read: " + e.getMessage());
    }
  }

  /** A section such as {@code Resources}. */
  public JsonNode section(String name) {
    return root.path(name);
  }

  /** The properties of a resource; missing when there is no such resource. */
  public JsonNode properties(String resource) {
    return root.path("Resources").path(resource).path("Properties");
  }

  private static JsonNode json(Node node) {
    String tag = node.getTag().getValue();
    return tag.startsWith("!")
        ? JsonNodeFactory.instance.objectNode().set(function(tag.substring(1)), plain(node))
        : plain(node);
  }

  private static String function(String shortForm) {
    return shortForm.equals("Ref") || shortForm.equals("Condition")
        ? shortForm
        : "Fn::" + shortForm;
  }

  private static JsonNode plain(Node node) {
    return switch (node) {
      case ScalarNode scalar -> TextNode.valueOf(scalar.getValue());
      case SequenceNode sequence -> {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        sequence.getValue().forEach(item -> items.add(json(item)));
        yield items;
      }
      case MappingNode mapping -> {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (NodeTuple tuple : mapping.getValue()) {
          fields.set(plain(tuple.getKeyNode()).asText(), json(tuple.getValueNode()));
        }
        yield fields;
      }
      default -> throw new IllegalStateException("YAML has no other nodes: " + node.getNodeType());
    };
  }
}
