package updategateway.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MergedJarTest {
  private static final String PLAIN = "Manifest-Version: 1.0\r\n\r\n";
  private static final String WITH_VERSIONS =
      "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\n";

  @TempDir private Path folder = Path.of("");

  @Test
  void allThatIsInTheJarsIsInIt() throws IOException {
    Path one =
        jar(
            "one-1.0.jar",
            Map.of(
                "META-INF/MANIFEST.MF", PLAIN,
                "META-INF/LICENSE", "of one",
                "META-INF/services/a.Service", "one.Provider",
                "one/One.class", "one"));
    Path two =
        jar(
            "two-2.0.jar",
            Map.of(
                "META-INF/MANIFEST.MF", PLAIN,
                "META-INF/LICENSE", "of two",
                "META-INF/services/a.Service", "two.Provider",
                "META-INF/maven/two/pom.xml", "pom",
                "two/two.properties", "two"));

    Map<String, String> merged = merged(List.of(one, two));

    assertThat(merged)
        .containsEntry("one/One.class", "one")
        .containsEntry("two/two.properties", "two")
        .containsEntry("META-INF/maven/two/pom.xml", "pom")
        .containsEntry("META-INF/services/a.Service", "one.Provider\ntwo.Provider")
        .containsEntry("META-INF/merged/one-1.0.jar/LICENSE", "of one")
        .containsEntry("META-INF/merged/two-2.0.jar/LICENSE", "of two")
        .containsEntry("META-INF/merged/two-2.0.jar/MANIFEST.MF", PLAIN)
        .doesNotContainKey("META-INF/MANIFEST.MF");
  }

  @Test
  void ofSeveralVersionsThatForThisJavaIsTaken() throws IOException {
    Path said =
        jar(
            "said.jar",
            Map.of(
                "META-INF/MANIFEST.MF", WITH_VERSIONS,
                "a/A.class", "8",
                "META-INF/versions/11/a/A.class", "11",
                "META-INF/versions/25/a/A.class", "25",
                "META-INF/versions/99/a/A.class", "99",
                "a/B.class", "8",
                "META-INF/versions/99/a/B.class", "99",
                "META-INF/versions/11/a/New.class", "11"));

    assertThat(merged(List.of(said)))
        .containsOnly(
            Map.entry("META-INF/merged/said.jar/MANIFEST.MF", WITH_VERSIONS),
            Map.entry("a/A.class", "25"),
            Map.entry("a/B.class", "8"),
            Map.entry("a/New.class", "11"));
  }

  @Test
  void onlyAJarThatSaysSoHasClassesForAVersionOfJava() throws IOException {
    Path unsaid =
        jar(
            "unsaid.jar",
            Map.of(
                "META-INF/MANIFEST.MF", PLAIN,
                "b/B.class", "8",
                "META-INF/versions/11/b/B.class", "11"));

    assertThat(merged(List.of(unsaid)))
        .containsOnly(
            Map.entry("META-INF/merged/unsaid.jar/MANIFEST.MF", PLAIN),
            Map.entry("b/B.class", "8"));
  }

  @Test
  void whatIsTrueOfAJarAsAWholeIsLeftOut() throws IOException {
    Path signed =
        jar(
            "signed.jar",
            Map.of(
                "META-INF/MANIFEST.MF", WITH_VERSIONS,
                "module-info.class", "module",
                "META-INF/versions/9/module-info.class", "module",
                "META-INF/SIGNER.SF", "signature",
                "META-INF/SIGNER.RSA", "signature",
                "a/A.class", "a"));

    assertThat(merged(List.of(signed)))
        .containsOnlyKeys("META-INF/merged/signed.jar/MANIFEST.MF", "a/A.class");
  }

  @Test
  void oneNameForTwoThingsIsAnError() throws IOException {
    Path one = jar("one.jar", Map.of("a/A.class", "one"));
    Path other = jar("other.jar", Map.of("a/A.class", "other"));

    assertThatThrownBy(() -> merged(List.of(one, other)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a/A.class")
        .hasMessageContaining("other.jar");
    assertThat(merged(List.of(one, jar("same.jar", Map.of("a/A.class", "one")))))
        .containsEntry("a/A.class", "one");
  }

  @Test
  void theBytesAreTheSameEachTime() throws IOException {
    Path one = jar("one.jar", Map.of("a/A.class", "one", "b/B.class", "two"));
    Path first = folder.resolve("first.jar");
    Path second = folder.resolve("second.jar");
    MergedJar.write(List.of(one), first);
    MergedJar.write(List.of(one), second);
    assertThat(Files.mismatch(first, second)).isNegative();
  }

  private Map<String, String> merged(List<Path> jars) throws IOException {
    Path to = folder.resolve("merged.jar");
    MergedJar.write(jars, to);
    Map<String, String> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(to.toFile())) {
      for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
        entries.put(
            entry.getName(),
            new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return entries;
  }

  private Path jar(String name, Map<String, String> entries) throws IOException {
    Path jar = folder.resolve(name);
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    return jar;
  }
}
