package updategateway.packaging.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import updategateway.commandline.Project;
import updategateway.gateway.settings.Environment;
import updategateway.local.run.LocalSystem;
import updategateway.packaging.BuiltFunction;
import updategateway.packaging.Requests;

/** The program of the self-contained package, in a process of its own, as Lambda starts it. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class StartTest {
  private static final String REFUSED_BY_THE_SHIPPED_POLICY = "us-signatures-at-the-instant.json";

  @TempDir private Path folder;

  @BeforeEach
  void project() {
    System.setProperty("updategateway.project", "../..");
  }

  @Test
  void decidesItsFirstRequestByTheSetInForceThatItReadOnce() throws Exception {
    PrintStream quiet =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    String event = Files.readString(Project.events().resolve(REFUSED_BY_THE_SHIPPED_POLICY));
    try (LocalSystem system = new LocalSystem(quiet);
        RuntimeApi api = RuntimeApi.start();
        FunctionProcess process =
            start(Requests.environment(system.startTables(Project.policies())), api)) {
      assertThat(api.invoke(event).body()).as(process.output()).contains("\"statusCode\":451");
      assertThat(api.invoke(event).body()).contains("\"statusCode\":451");
      assertThat(process.output())
          .containsOnlyOnce("\"event\":\"policy-loaded\"")
          .containsOnlyOnce("\"ColdStarts\":1");
    }
  }

  /** Nothing answers there: the gateway refuses to serve, and does not wait for ever. */
  @Test
  void servesNothingWhereNoTableAnswers() throws Exception {
    String event = Files.readString(Project.events().resolve(REFUSED_BY_THE_SHIPPED_POLICY));
    try (RuntimeApi api = RuntimeApi.start();
        FunctionProcess process =
            start(Requests.environment(URI.create("http://127.0.0.1:1")), api)) {
      assertThat(api.invoke(event).body()).as(process.output()).contains("\"statusCode\":503");
    }
  }

  @Test
  void tellsLambdaAllThatIsWrongWithTheSettings() throws Exception {
    Map<String, String> environment =
        new HashMap<>(Requests.environment(URI.create("http://127.0.0.1:1")));
    environment.remove(Environment.ORIGIN_URL);
    environment.put(Environment.POLICY_REFRESH_SECONDS, "often");
    try (RuntimeApi api = RuntimeApi.start();
        FunctionProcess process = start(environment, api)) {
      assertThatThrownBy(() -> api.invoke("{}"))
          .as(process.output())
          .isInstanceOf(IOException.class)
          .hasMessageContaining(Environment.ORIGIN_URL)
          .hasMessageContaining(Environment.POLICY_REFRESH_SECONDS);
    }
  }

  private FunctionProcess start(Map<String, String> environment, RuntimeApi api)
      throws IOException {
    return FunctionProcess.start(
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            BuiltFunction.UPDATE_GATEWAY.main(),
            BuiltFunction.UPDATE_GATEWAY.handler()),
        folder,
        environment,
        api,
        folder.resolve("output"));
  }
}
