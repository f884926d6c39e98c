package updategateway.benchmarks.startup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import updategateway.commandline.UsageException;
import updategateway.packaging.lambda.FunctionProcess;
import updategateway.packaging.lambda.RuntimeApi;

/** A function's process that stays, with its own Runtime API, to be asked many times. */
public final class RunningFunction implements AutoCloseable {
  private final StartupVariant variant;
  private final RuntimeApi api;
  private final FunctionProcess process;

  private RunningFunction(StartupVariant variant, RuntimeApi api, FunctionProcess process) {
    this.variant = variant;
    this.api = api;
    this.process = process;
  }

  /**
   * Starts a function.
   *
   * @param output takes its standard output and error
   */
  public static RunningFunction start(
      StartupVariant variant, Map<String, String> environment, Path output) throws IOException {
    RuntimeApi api = RuntimeApi.start();
    return new RunningFunction(
        variant,
        api,
        FunctionProcess.start(variant.command(), variant.task(), environment, api, output));
  }

  /** Returns the variant's name. */
  public String name() {
    return variant.name();
  }

  /**
   * Returns the microseconds from handing out an event to having the answer.
   *
   * @param expected text that the answer must contain
   * @throws UsageException if the function ends, fails or answers something else
   */
  public double micros(String event, String expected)
      throws UsageException, InterruptedException, IOException {
    try {
      RuntimeApi.Answer answer = api.invoke(event);
      if (answer.isError() || !answer.body().contains(expected)) {
        throw new UsageException(name() + " answered " + answer.body() + " and not " + expected);
      }
      return answer.duration().toNanos() / 1e3;
    } catch (IOException e) {
      throw new UsageException(name() + ": " + e.getMessage() + "\n" + process.output());
    }
  }

  /** Returns the peak resident memory in bytes; empty where the system does not tell. */
  public OptionalLong peakResident() {
    return process.peakResident();
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
