package updategateway.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import updategateway.place.IpAddress;
import updategateway.region.testing.MmdbWriter;

/** A database of 30 MB in processes with a heap of 32 MB, which cannot hold a copy of it. */
final class LargeDatabaseTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aDatabaseThatTheHeapDoesNotHoldIsMapped() throws Exception {
    assertThat(lookUp("keep")).contains("US, DE, UA-43");
  }

  @Test
  void aMappedDatabaseThatIsCutOffIsUnreadable() throws Exception {
    assertThat(lookUp("cut")).contains("UNREADABLE, UNREADABLE, UNREADABLE");
  }

  private String lookUp(String fate) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx32m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Lookup.class.getName(),
                database().toString(),
                fate)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private Path database() throws IOException {
    return new MmdbWriter("Test-City", 6)
        .flat("1.0.0.0/24", "US")
        .pad(30 << 20)
        .flat("1.0.1.0/24", "DE")
        .put(
            "2a00::/16",
            Map.of(
                "country", Map.of("iso_code", "UA"),
                "subdivisions", List.of(Map.of("iso_code", "43"))))
        .write(folder.resolve("large.mmdb"));
  }

  /** What the process does. */
  static final class Lookup {
    private Lookup() {}

    public static void main(String[] arguments) throws IOException {
      Path file = Path.of(arguments[0]);
      GeoIpDatabase database = GeoIpDatabase.open(file);
      if (arguments[1].equals("cut")) {
        Files.write(file, new byte[0]);
      }
      System.out.println(
          String.join(
              ", ",
              List.of("1.0.0.7", "1.0.1.7", "2a00::7").stream()
                  .map(address -> database.lookup(IpAddress.parse(address).orElseThrow()))
                  .map(found -> GeoIpDatabaseTest.words(found.getFirst()))
                  .toList()));
    }
  }
}
