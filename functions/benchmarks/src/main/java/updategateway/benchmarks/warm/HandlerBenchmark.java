package updategateway.benchmarks.warm;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import updategateway.benchmarks.startup.EmptyHandler;
import updategateway.commandline.ProjectPaths;
import updategateway.commandline.files.PolicyFolder;
import updategateway.gateway.UpdateHandler;
import updategateway.gateway.settings.SettingsReader;
import updategateway.local.edge.Invocation;
import updategateway.packaging.TrainingRequests;
import updategateway.policy.decision.Evaluator;
import updategateway.region.AgentRegistry;
import updategateway.store.refresh.ActivePolicySource;

/**
 * The handler alone, from the bytes of an event to the bytes of an answer and a line of the log.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HandlerBenchmark {
  @Param({"germany-keeps-the-query", "us-signatures-at-the-instant", "refusal-as-json"})
  public String event = "germany-keeps-the-query";

  private final RequestStreamHandler empty = new EmptyHandler();
  private final Context context = new Invocation("an-invocation");
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream(4096);
  private RequestStreamHandler gateway = empty;
  private byte[] bytes = {};

  @Setup
  public void setUp() throws Exception {
    bytes = Files.readAllBytes(ProjectPaths.events().resolve(event + ".json"));
    Map<String, String> environment =
        new HashMap<>(TrainingRequests.environment(URI.create("http://127.0.0.1:1")));
    environment.put("AWS_REGION", "us-east-1");
    gateway =
        new UpdateHandler(
            SettingsReader.read(environment),
            ActivePolicySource.always(
                Evaluator.of(new PolicyFolder(ProjectPaths.policies()).read())),
            _ -> new AgentRegistry.Found(Set.of()),
            InstantSource.system(),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  /** The gateway. */
  @Benchmark
  public int gateway() throws IOException {
    return handle(gateway);
  }

  /** The least that any handler does. */
  @Benchmark
  public int empty() throws IOException {
    return handle(empty);
  }

  private int handle(RequestStreamHandler handler) throws IOException {
    answer.reset();
    handler.handleRequest(new ByteArrayInputStream(bytes), answer, context);
    return answer.size();
  }
}
