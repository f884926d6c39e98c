package updategateway.packaging.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A function's process, started as Lambda starts it, with a Runtime API of its own. */
public final class FunctionProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final RuntimeApi api;
  private final Path output;
  private final long begun;

  private FunctionProcess(Process process, RuntimeApi api, Path output, long begun) {
    this.process = process;
    this.api = api;
    this.output = output;
    this.begun = begun;
  }

  /**
   * Starts it. Events may wait at the Runtime API already.
   *
   * @param task the folder with what is deployed
   * @param environment what Lambda and the template add to this process's own, which is not passed
   *     on but for {@code PATH}
   * @param output takes its standard output and error
   */
  public static FunctionProcess start(
      List<String> command, Path task, Map<String, String> environment, RuntimeApi api, Path output)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(task.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    Map<String, String> all = builder.environment();
    String path = all.getOrDefault("PATH", "/usr/bin:/bin");
    all.clear();
    all.put("PATH", path);
    all.putAll(lambda(task, api));
    all.putAll(environment);
    long begun = System.nanoTime();
    return new FunctionProcess(builder.start(), api, output, begun);
  }

  /** What Lambda sets for every function. */
  private static Map<String, String> lambda(Path task, RuntimeApi api) {
    Map<String, String> lambda = new HashMap<>();
    lambda.put("AWS_LAMBDA_RUNTIME_API", api.address());
    lambda.put("LAMBDA_TASK_ROOT", task.toString());
    lambda.put("AWS_LAMBDA_FUNCTION_NAME", "local");
    lambda.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    lambda.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
    lambda.put("AWS_REGION", "us-east-1");
    lambda.put("AWS_ACCESS_KEY_ID", "local");
    lambda.put("AWS_SECRET_ACCESS_KEY", "local");
    lambda.put("AWS_SESSION_TOKEN", "local");
    lambda.put("LANG", "en_US.UTF-8");
    lambda.put("TZ", ":UTC");
    return lambda;
  }

  /** When it was started, by {@link System#nanoTime}. */
  public long begun() {
    return begun;
  }

  /** Whose events it gets. */
  public RuntimeApi api() {
    return api;
  }

  /**
   * The most memory that it had resident, in bytes; empty where the system does not tell or it has
   * ended.
   */
  public OptionalLong peakResident() {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * How long it has been on a processor, all its threads together, in nanoseconds; empty where the
   * system does not tell or it has ended.
   */
  public OptionalLong processorTime() {
    return process.info().totalCpuDuration().stream().mapToLong(Duration::toNanos).findFirst();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its output so far. */
  public String output() throws IOException {
    return Files.readString(output);
  }

  /** Ends it as Lambda does, with SIGTERM, and waits until it has ended. Answers its exit code. */
  public int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return process.waitFor();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    api.close();
  }
}
