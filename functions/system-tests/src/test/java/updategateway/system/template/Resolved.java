package updategateway.system.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import updategateway.cli.deploy.CloudFormationTemplate;

/** The template with values for its parameters, as far as parameters and conditions decide. */
final class Resolved {
  private final CloudFormationTemplate template;
  private final Map<String, String> parameters = new TreeMap<>();

  /** Defaults, and these values where they differ or there is no default. */
  Resolved(CloudFormationTemplate template, Map<String, String> values) {
    this.template = template;
    template
        .section("Parameters")
        .properties()
        .forEach(parameter -> {
          if (parameter.getValue().has("Default")) {
            parameters.put(parameter.getKey(), parameter.getValue().path("Default").asText());
          }
        });
    parameters.putAll(values);
  }

  /** A function's environment variables; a reference to a resource is its logical id. */
  Map<String, String> environment(String function) {
    Map<String, String> environment = new TreeMap<>();
    template
        .properties(function)
        .path("Environment")
        .path("Variables")
        .properties()
        .forEach(variable -> environment.put(variable.getKey(), text(variable.getValue())));
    return environment;
  }

  /** The text of a value. */
  String text(JsonNode value) {
    if (value.isTextual()) {
      return value.asText();
    }
    if (value.has("Ref")) {
      String name = value.path("Ref").asText();
      return parameters.getOrDefault(name, name);
    }
    if (value.has("Fn::If")) {
      return text(chosen(value));
    }
    throw new IllegalArgumentException("not decided by parameters: " + value);
  }

  /** Whether a resource or an output is in the stack. */
  boolean isMade(JsonNode resource) {
    return !resource.has("Condition") || condition(resource.path("Condition").asText());
  }

  /** What a choice comes to. */
  JsonNode chosen(JsonNode value) {
    JsonNode choice = value.path("Fn::If");
    return choice.path(condition(choice.path(0).asText()) ? 1 : 2);
  }

  private boolean condition(String name) {
    return holds(template.section("Conditions").path(name));
  }

  private boolean holds(JsonNode condition) {
    String function = condition.fieldNames().next();
    JsonNode parts = condition.path(function);
    return switch (function) {
      case "Condition" -> condition(parts.asText());
      case "Fn::Equals" -> text(parts.path(0)).equals(text(parts.path(1)));
      case "Fn::Not" -> !holds(parts.path(0));
      case "Fn::And" -> StreamSupport.stream(parts.spliterator(), false).allMatch(this::holds);
      case "Fn::Or" -> StreamSupport.stream(parts.spliterator(), false).anyMatch(this::holds);
      default -> throw new IllegalArgumentException("not a condition: " + condition);
    };
  }
}
