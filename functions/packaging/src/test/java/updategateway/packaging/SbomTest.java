package updategateway.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import updategateway.commandline.CommandLineTool;

final class SbomTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;

  /** Two builds of one module differ in the modes that the umask left. */
  @Test
  void theHashesOfOwnModulesAreThoseOfWhatIsPacked() throws Exception {
    Path jar = jar(0100644);
    Path other = jar(0100600);
    assertThat(Files.mismatch(jar, other)).isNotNegative();
    Path packed = folder.resolve("packed.jar");
    Zip.copy(other, packed);
    byte[] bytes = Files.readAllBytes(packed);
    for (Path built : List.of(jar, other)) {
      ObjectNode bill =
          (ObjectNode)
              JSON.readTree(
                  """
                  {"metadata": {"component": {"name": "own", "version": "1.0"}}, "components": [
                     {"name": "own", "version": "1.0", "hashes": [
                        {"alg": "SHA-256", "content": "0"}, {"alg": "SHA3-512", "content": "1"}]},
                     {"name": "library", "version": "1.0", "hashes": [
                        {"alg": "MD5", "content": "2"}]}]}
                  """);

      Sbom.hashAsPacked(List.of(built), bill);

      assertThat(bill.at("/components/0/hashes/0/content").asText())
          .isEqualTo(digest("SHA-256", bytes));
      assertThat(bill.at("/components/0/hashes/1/content").asText())
          .isEqualTo(digest("SHA3-512", bytes));
      assertThat(bill.at("/components/1/hashes/0/content").asText()).isEqualTo("2");
    }
  }

  private Path jar(int mode) throws Exception {
    Path jar = Files.createDirectory(folder.resolve("umask" + mode)).resolve("own-1.0.jar");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(jar)) {
      ZipArchiveEntry entry = new ZipArchiveEntry("a.txt");
      entry.setUnixMode(mode);
      entry.setTime(0);
      out.putArchiveEntry(entry);
      out.write('a');
      out.closeArchiveEntry();
    }
    return jar;
  }

  private static String digest(String algorithm, byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
  }

  static Stream<Arguments> bills() {
    return Stream.of(
        arguments(null, 1, "update.zip.cdx.json: missing in "),
        arguments(
            "{\"components\": [{\"name\": \"a\"}]}",
            0,
            "update.zip.cdx.json: the same, byte for byte"),
        arguments("{\"components\": [{\"name\": \"a\"}, {\"name\": \"b\"}]}", 1, "different in b"),
        arguments("{\"components\": [{\"name\": \"a\", \"hashes\": []}]}", 1, "different in a"),
        arguments("{\"components\": [{\"name\": \"a\"}]} ", 1, "update.zip.cdx.json: different\n"));
  }

  @ParameterizedTest
  @MethodSource("bills")
  void billsAreComparedWithTheZips(@Nullable String other, int exitCode, String found)
      throws Exception {
    Path one = Files.createDirectories(folder.resolve("one"));
    Path two = Files.createDirectories(folder.resolve("two"));
    for (Path side : List.of(one, two)) {
      Zip.write(Files.createDirectories(folder.resolve("content")), side.resolve("update.zip"));
    }
    Files.writeString(one.resolve("update.zip.cdx.json"), "{\"components\": [{\"name\": \"a\"}]}");
    if (other != null) {
      Files.writeString(two.resolve("update.zip.cdx.json"), other);
    }
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      int got =
          CommandLineTool.run(
              new PackageCommand(), "--out", one.toString(), "--compare", two.toString());
      assertThat(got).isEqualTo(exitCode);
    } finally {
      System.setOut(before);
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("update.zip: the same, byte for byte", found);
  }

  @Test
  void aBillHasWhatIsInTheZipAndNothingElse() throws JsonProcessingException {
    ObjectNode bill =
        (ObjectNode)
            JSON.readTree(
                """
                {"components": [
                   {"name": "in", "version": "1.0", "bom-ref": "pkg:in"},
                   {"name": "out", "version": "2.0", "bom-ref": "pkg:out"}],
                 "dependencies": [
                   {"ref": "pkg:own", "dependsOn": ["pkg:in", "pkg:out"]},
                   {"ref": "pkg:in"},
                   {"ref": "pkg:out", "dependsOn": ["pkg:in"]}]}
                """);

    Sbom.keepOnly(List.of(Path.of("lib/in-1.0.jar"), Path.of("own-1.0.jar")), bill);

    assertThat(bill)
        .isEqualTo(
            JSON.readTree(
                """
                {"components": [{"name": "in", "version": "1.0", "bom-ref": "pkg:in"}],
                 "dependencies": [{"ref": "pkg:own", "dependsOn": ["pkg:in"]}, {"ref": "pkg:in"}]}
                """));
  }
}
