package updategateway.benchmarks.startup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import updategateway.commandline.UsageException;
import updategateway.packaging.lambda.FunctionProcess;
import updategateway.packaging.lambda.RuntimeApi;

/**
 * One cold start, from exec to the first answer.
 *
 * @param millis on the wall
 * @param processorMillis of all its threads; empty where the system does not tell
 * @param megabytes peak resident memory; empty where the system does not tell
 */
public record StartFigures(
    double millis, OptionalDouble processorMillis, OptionalDouble megabytes) {
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  /**
   * Starts a function with an event waiting for it, and ends it after its answer.
   *
   * @param prefix a command that starts the function's command, such as taskset; may be empty
   * @param output takes the function's standard output and error
   * @throws UsageException if the answer is an error or has no status
   */
  public static StartFigures of(
      StartupVariant variant, List<String> prefix, Map<String, String> environment, Path output)
      throws Exception {
    Files.deleteIfExists(output);
    List<String> command = Stream.concat(prefix.stream(), variant.command().stream()).toList();
    try (RuntimeApi api = RuntimeApi.start()) {
      CompletableFuture<RuntimeApi.Answer> answer = api.send(variant.event());
      try (FunctionProcess process =
          FunctionProcess.start(command, variant.task(), environment, api, output)) {
        RuntimeApi.Answer got = answer.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        OptionalDouble processor = scaled(process.processorTime(), 1e6);
        OptionalDouble peak = scaled(process.peakResident(), 1e6);
        if (got.isError() || !got.body().contains("\"statusCode\":")) {
          throw new UsageException(variant.name() + " answered " + got.body());
        }
        return new StartFigures((got.nanoTime() - process.begun()) / 1e6, processor, peak);
      }
    }
  }

  private static OptionalDouble scaled(OptionalLong value, double unit) {
    return value.isPresent() ? OptionalDouble.of(value.getAsLong() / unit) : OptionalDouble.empty();
  }
}
