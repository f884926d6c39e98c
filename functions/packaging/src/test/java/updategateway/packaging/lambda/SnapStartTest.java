package updategateway.packaging.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import updategateway.commandline.ProjectPaths;
import updategateway.commandline.files.PolicyFolder;
import updategateway.local.run.LocalSystem;
import updategateway.packaging.FunctionBuild;
import updategateway.packaging.TrainingRequests;
import updategateway.policy.set.PolicySet;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.history.Activation;
import updategateway.store.testing.Fault;
import updategateway.store.testing.FaultProxy;

/**
 * The hooks around a snapshot, with AWS's own runtime interface client in a process of its own: it
 * calls them, and asks the Runtime API to be restored, as on Lambda.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class SnapStartTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String REFUSED_BY_THE_SHIPPED_POLICY = "us-signatures-at-the-instant.json";

  @TempDir private Path folder;

  @Test
  void primesBeforeTheSnapshotAndReadsThePointerAgainAfterARestore() throws Exception {
    System.setProperty("updategateway.project", "../..");
    PrintStream quiet =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    String event = Files.readString(ProjectPaths.events().resolve(REFUSED_BY_THE_SHIPPED_POLICY));
    PolicySet shipped = new PolicyFolder(ProjectPaths.policies()).read();
    try (LocalSystem system = new LocalSystem(quiet);
        RuntimeApi api = RuntimeApi.start()) {
      URI dynamodb = system.startTables(ProjectPaths.policies());
      try (FunctionProcess process = start(dynamodb, api)) {
        assertThat(api.awaitCheckpoint(LONG)).as(process.output()).isTrue();
        assertThat(process.output())
            .contains(shipped.digest().hex())
            .doesNotContain("Not primed")
            .doesNotContain("\"requestId\":\"priming\"");

        putNoPolicyInForce(shipped, dynamodb);
        CompletableFuture<RuntimeApi.Answer> answer = api.send(event);
        api.restore();

        assertThat(answer.get(LONG.toSeconds(), TimeUnit.SECONDS).body())
            .as(process.output())
            .contains("\"statusCode\":302");
        assertThat(process.output()).contains("\"ColdStarts\":1");
      }
    }
  }

  /** In age or not: what was read before the snapshot is a guess, however young it is. */
  @Test
  void servesAndRefusesNothingAfterARestoreUntilTheTableAnswers() throws Exception {
    System.setProperty("updategateway.project", "../..");
    PrintStream quiet =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    String event = Files.readString(ProjectPaths.events().resolve(REFUSED_BY_THE_SHIPPED_POLICY));
    try (LocalSystem system = new LocalSystem(quiet);
        RuntimeApi api = RuntimeApi.start()) {
      URI dynamodb = system.startTables(ProjectPaths.policies());
      try (FaultProxy proxy = FaultProxy.before(StoreSettings.of("us-east-1", dynamodb));
          FunctionProcess process = start(proxy.endpoint(), api)) {
        assertThat(api.awaitCheckpoint(LONG)).as(process.output()).isTrue();
        proxy.breakWith(new Fault.Refused());
        CompletableFuture<RuntimeApi.Answer> first = api.send(event);
        api.restore();
        assertThat(first.get(LONG.toSeconds(), TimeUnit.SECONDS).body())
            .as(process.output())
            .contains("\"statusCode\":503");

        proxy.mend();
        String answer = "";
        while (!answer.contains("\"statusCode\":451")) {
          assertThat(process.isAlive()).as(process.output()).isTrue();
          answer = api.send(event).get(LONG.toSeconds(), TimeUnit.SECONDS).body();
          assertThat(answer).doesNotContain("\"statusCode\":302");
        }
      }
    }
  }

  private FunctionProcess start(URI dynamodb, RuntimeApi api) throws Exception {
    Map<String, String> environment = new HashMap<>(TrainingRequests.environment(dynamodb));
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    return FunctionProcess.start(
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            FunctionBuild.UPDATE_GATEWAY.handler()),
        folder,
        environment,
        api,
        folder.resolve("output"));
  }

  private static void putNoPolicyInForce(PolicySet shipped, URI dynamodb) throws Exception {
    try (PolicyStore store = PolicyStore.open(StoreSettings.of("us-east-1", dynamodb))) {
      store
          .policySets()
          .putInForce(
              PolicySet.of(shipped.catalog(), List.of()),
              new Activation.Request("a test", "none", "another-request", null),
              Instant.parse("2026-01-01T00:00:00Z"));
    }
  }
}
