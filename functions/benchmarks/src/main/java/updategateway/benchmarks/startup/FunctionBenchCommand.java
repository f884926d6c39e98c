package updategateway.benchmarks.startup;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import updategateway.benchmarks.report.BenchCommand;
import updategateway.benchmarks.report.Report;
import updategateway.commandline.ProjectPaths;
import updategateway.commandline.UsageException;
import updategateway.local.run.LocalSystem;
import updategateway.packaging.Directories;
import updategateway.packaging.TrainingRequests;

/** A benchmark of function processes that read their policy set from DynamoDB Local. */
public abstract class FunctionBenchCommand extends BenchCommand {

  /**
   * Measures and reports.
   *
   * @param work a folder that is deleted afterwards
   * @param dynamodb where the tables are, with the policies in force
   * @param environment the gateway's settings
   */
  protected abstract Report measure(Path work, URI dynamodb, Map<String, String> environment)
      throws Exception;

  /** Returns the folder with the policies to put in force: the shipped ones. */
  protected Path policies(Path work) throws IOException, UsageException {
    return ProjectPaths.policies();
  }

  @Override
  protected final Report measure() throws Exception {
    Path work = Files.createTempDirectory("bench");
    PrintStream quiet =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try (LocalSystem system = new LocalSystem(quiet)) {
      URI dynamodb = system.startTables(policies(work));
      return measure(work, dynamodb, TrainingRequests.environment(dynamodb));
    } finally {
      Directories.delete(work);
    }
  }
}
