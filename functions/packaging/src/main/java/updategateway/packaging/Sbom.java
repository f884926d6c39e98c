package updategateway.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import updategateway.commandline.UsageException;

/**
 * The bill of materials of a zip: what Maven says of the jars, and the Java runtime where one is in
 * it.
 */
final class Sbom {
  /** What is added to the name of a zip. */
  static final String SUFFIX = ".cdx.json";

  private static final JsonMapper JSON = new JsonMapper();

  private Sbom() {}

  /**
   * Writes it beside the zip.
   *
   * @param jars those whose classes are in the zip
   * @param javaRuntime the version of the Java runtime in it; null when there is none
   */
  static void write(FunctionBuild function, List<Path> jars, @Nullable String javaRuntime, Path zip)
      throws IOException, UsageException {
    if (!Files.exists(function.bill())) {
      throw new UsageException(function.bill() + " is missing: scripts/package makes it.");
    }
    ObjectNode bill = (ObjectNode) JSON.readTree(Files.readAllBytes(function.bill()));
    keepOnly(jars, bill);
    hashAsPacked(jars.stream().filter(FunctionBuild::isBuiltHere).toList(), bill);
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
        zip.resolveSibling(zip.getFileName() + SUFFIX),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(bill) + "\n");
  }

  /**
   * Replaces the hashes of our own jars by those of the jars as they are packed ({@link Zip#copy}).
   * Maven's jars also hold the modes that the umask of the build left to the files.
   */
  static void hashAsPacked(List<Path> builtHere, ObjectNode bill) throws IOException {
    Map<String, Path> jars = new HashMap<>();
    builtHere.forEach(jar -> jars.put(String.valueOf(jar.getFileName()), jar));
    List<JsonNode> components = new ArrayList<>();
    components.add(bill.path("metadata").path("component"));
    bill.path("components").forEach(components::add);
    for (JsonNode component : components) {
      Path jar = jars.get(file(component));
      if (jar != null && component.has("hashes")) {
        byte[] packed = packed(jar);
        for (JsonNode hash : component.path("hashes")) {
          ((ObjectNode) hash).put("content", digest(hash.path("alg").asText(), packed));
        }
      }
    }
  }

  private static byte[] packed(Path jar) throws IOException {
    Path copy = Files.createTempFile("packed", ".jar");
    try {
      Zip.copy(jar, copy);
      return Files.readAllBytes(copy);
    } finally {
      Files.delete(copy);
    }
  }

  private static String digest(String algorithm, byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Maven's bill has a hash that Java cannot compute", e);
    }
  }

  private static String file(JsonNode component) {
    return component.path("name").asText() + "-" + component.path("version").asText() + ".jar";
  }

  /**
   * Returns the names of the components that two bills describe differently; empty when only
   * something else differs.
   */
  static Set<String> differences(Path one, Path other) throws IOException {
    Map<String, JsonNode> first = components(one);
    Map<String, JsonNode> second = components(other);
    Set<String> differing = new TreeSet<>(first.keySet());
    differing.addAll(second.keySet());
    differing.removeIf(name -> Objects.equals(first.get(name), second.get(name)));
    return differing;
  }

  private static Map<String, JsonNode> components(Path bill) throws IOException {
    Map<String, JsonNode> components = new HashMap<>();
    for (JsonNode component : JSON.readTree(Files.readAllBytes(bill)).path("components")) {
      components.put(component.path("name").asText(), component);
    }
    return components;
  }

  /** Maven's bill also has what the managed runtime provides. */
  static void keepOnly(List<Path> jars, ObjectNode bill) {
    Set<String> files = new HashSet<>();
    jars.forEach(jar -> files.add(String.valueOf(jar.getFileName())));
    Set<String> gone = new HashSet<>();
    for (JsonNode component : bill.withArray("/components")) {
      if (!files.contains(file(component))) {
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
