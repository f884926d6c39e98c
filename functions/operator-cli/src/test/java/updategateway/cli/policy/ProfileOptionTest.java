package updategateway.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes with an environment of their own, and an AWS that notes who asks. */
final class ProfileOptionTest {
  private static final String POLICY = "updategateway.cli.policy.PolicyCommand";
  private static final String AGENTS = "updategateway.cli.agents.AgentsCommand";

  private final List<String> signed = new CopyOnWriteArrayList<>();

  @TempDir private Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private HttpServer aws;

  @BeforeEach
  void anAwsThatRefusesEverybody() throws IOException {
    aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    aws.createContext(
        "/",
        exchange -> {
          try (exchange) {
            signed.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.getRequestBody().readAllBytes();
            byte[] body =
                "{\"__type\":\"AccessDeniedException\",\"message\":\"no\"}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(400, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    aws.start();
    Files.writeString(
        folder.resolve("config"),
        """
        [profile law]
        region = eu-north-1
        aws_access_key_id = AKIAPROFILE
        aws_secret_access_key = secret
        """);
  }

  @AfterEach
  void stop() {
    aws.stop(0);
  }

  @Test
  void aProfileThatIsNamedCountsBeforeTheKeysOfTheEnvironment() throws Exception {
    for (List<String> command :
        List.of(
            List.of(POLICY, "history"),
            List.of(AGENTS, "get", "one"),
            List.of(POLICY, "history", "--stack", "gateway"))) {
      signed.clear();
      List<String> named = new ArrayList<>(command);
      named.addAll(List.of("--profile", "law"));
      assertThat(run(named).exitCode()).isEqualTo(2);
      assertThat(signed).isNotEmpty().allMatch(by -> by.contains("Credential=AKIAPROFILE/"));
      assertThat(signed).allMatch(by -> by.contains("/eu-north-1/"));

      signed.clear();
      named.addAll(List.of("--region", "eu-south-1"));
      run(named);
      assertThat(signed).isNotEmpty().allMatch(by -> by.contains("/eu-south-1/"));
    }
    signed.clear();
    run(List.of(POLICY, "history", "--region", "eu-south-1"));
    assertThat(signed).isNotEmpty().allMatch(by -> by.contains("Credential=AKIAENVIRONMENT/"));
  }

  @Test
  void aProfileThatIsNotThereIsSaidAndNobodyIsAsked() throws Exception {
    Ran ran = run(List.of(POLICY, "history", "--profile", "lwa"));
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("There is no AWS profile lwa: name another with --profile");
    assertThat(signed).isEmpty();
  }

  private Ran run(List<String> command) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
    all.addAll(command);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(all).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ACCESS_KEY_ID",
                "AKIAENVIRONMENT",
                "AWS_SECRET_ACCESS_KEY",
                "secret",
                "AWS_CONFIG_FILE",
                folder.resolve("config").toString(),
                "AWS_SHARED_CREDENTIALS_FILE",
                folder.resolve("none").toString(),
                "AWS_EC2_METADATA_DISABLED",
                "true",
                "AWS_ENDPOINT_URL",
                "http://127.0.0.1:" + aws.getAddress().getPort()));
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
