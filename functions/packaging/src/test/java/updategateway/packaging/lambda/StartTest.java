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
import updategateway.commandline.ProjectPaths;
import updategateway.gateway.settings.SettingsReader;
import updategateway.local.run.LocalSystem;
import updategateway.packaging.FunctionBuild;
import updategateway.packaging.TrainingRequests;

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
    String event = Files.readString(ProjectPaths.events().resolve(REFUSED_BY_THE_SHIPPED_POLICY));
    try (LocalSystem system = new LocalSystem(quiet);
        RuntimeApi api = RuntimeApi.start();
        FunctionProcess process =
            start(TrainingRequests.environment(system.startTables(ProjectPaths.policies())), api)) {
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
    String event = Files.readString(ProjectPaths.events().resolve(REFUSED_BY_THE_SHIPPED_POLICY));
    try (RuntimeApi api = RuntimeApi.start();
        FunctionProcess process =
            start(TrainingRequests.environment(URI.create("http://127.0.0.1:1")), api)) {
      assertThat(api.invoke(event).body()).as(process.output()).contains("\"statusCode\":503");
    }
  }

  @Test
  void tellsLambdaAllThatIsWrongWithTheSettings() throws Exception {
    Map<String, String> environment =
        new HashMap<>(TrainingRequests.environment(URI.create("http://127.0.0.1:1")));
    environment.remove(SettingsReader.ORIGIN_URL);
    environment.put(SettingsReader.POLICY_REFRESH_SECONDS, "often");
    try (RuntimeApi api = RuntimeApi.start();
        FunctionProcess process = start(environment, api)) {
      assertThatThrownBy(() -> api.invoke("{}"))
          .as(process.output())
          .isInstanceOf(IOException.class)
          .hasMessageContaining(SettingsReader.ORIGIN_URL)
          .hasMessageContaining(SettingsReader.POLICY_REFRESH_SECONDS);
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
            FunctionBuild.UPDATE_GATEWAY.main(),
            FunctionBuild.UPDATE_GATEWAY.handler()),
        folder,
        environment,
        api,
        folder.resolve("output"));
  }
}
