package updategateway.local.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import updategateway.local.UsageException;

/**
 * The bill of materials of a zip: what Maven says of the jars, and the Java runtime where one is in
 * it.
 */
final class Materials {
  private static final JsonMapper JSON = new JsonMapper();

  private Materials() {}

  /**
   * Writes it beside the zip.
   *
   * @param jars those whose classes are in the zip
   * @param javaRuntime the version of the Java runtime in it; null when there is none
   */
  static void write(BuiltFunction function, List<Path> jars, @Nullable String javaRuntime, Path zip)
      throws IOException, UsageException {
    if (!Files.exists(function.bill())) {
      throw new UsageException(function.bill() + " is missing: scripts/package makes it.");
    }
    ObjectNode bill = (ObjectNode) JSON.readTree(Files.readAllBytes(function.bill()));
    keepOnly(jars, bill);
    if (javaRuntime != null) {
      ObjectNode runtime = JSON.createObjectNode();
      runtime.put("type", "platform");
      runtime.put("bom-ref", "java-runtime");
      runtime.put("publisher", System.getProperty("java.vendor", "unknown"));
      runtime.put("name", "Java runtime, made by jlink");
      runtime.put("version", javaRuntime);
      bill.withArray("/components").add(runtime);
    }
    Files.writeString(
        zip.resolveSibling(zip.getFileName() + ".cdx.json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(bill) + "\n");
  }

  /** Maven's bill also has what the managed runtime provides. */
  static void keepOnly(List<Path> jars, ObjectNode bill) {
    Set<String> files = new HashSet<>();
    jars.forEach(jar -> files.add(String.valueOf(jar.getFileName())));
    Set<String> gone = new HashSet<>();
    for (JsonNode component : bill.withArray("/components")) {
      String file =
          component.path("name").asText() + "-" + component.path("version").asText() + ".jar";
      if (!files.contains(file)) {
        gone.add(component.path("bom-ref").asText());
      }
    }
    bill.withArray("/components")
        .removeIf(component -> gone.contains(component.path("bom-ref").asText()));
    ArrayNode dependencies = bill.withArray("/dependencies");
    dependencies.removeIf(one -> gone.contains(one.path("ref").asText()));
    for (JsonNode one : dependencies) {
      if (one.path("dependsOn") instanceof ArrayNode needed) {
        needed.removeIf(ref -> gone.contains(ref.asText()));
      }
    }
  }
}
