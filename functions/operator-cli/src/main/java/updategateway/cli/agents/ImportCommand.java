package updategateway.cli.agents;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import updategateway.commandline.UsageException;
import updategateway.commandline.tables.TableConnection;
import updategateway.gateway.registration.AgentIdExtractor;
import updategateway.store.PolicyStore;

/** {@code scripts/agents import}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    description = "Registers the accounts of a CSV file, each over what was there.%n",
    footer = {
      "",
      "The first line is agentId,countries; codes have spaces or semicolons between them; a later line",
      "for an id counts over an earlier one. Lines that are rejected are named with their numbers, and",
      "all others are imported. Any length will do: the file is read as it is written. How far it is",
      "stands in FILE.csv.import-state: an import that was stopped goes on from there when the same",
      "command is typed again.",
      "",
      "    agentId,countries",
      "    4c9ff69e-e0d0-4b9e-9b1c-2d8f5e0f7a11,US",
      "    agent-2,US;DE",
      "",
      "Exit codes: 0 when all lines were imported, 1 when some were rejected, 2 when it had to stop."
    })
final class ImportCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();

  @Mixin private TableOptions table = new TableOptions();

  @Parameters(paramLabel = "FILE.csv", description = "the accounts")
  private Path file = Path.of("");

  @Option(names = "--dry-run", description = "only read the file and say what is wrong with it")
  private boolean dryRun;

  @Option(
      names = "--restart",
      description = "begin from the first line, wherever an import stopped")
  private boolean restart;

  @Option(
      names = "--resume-from",
      paramLabel = "LINE",
      description = "begin with this line, wherever an import stopped")
  private @Nullable Long resumeFrom;

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description = "where to note how far it is (default: beside the CSV file)")
  private @Nullable Path state;

  @Override
  public Integer call() throws UsageException {
    if (restart && resumeFrom != null) {
      throw new UsageException("--restart begins with the first line: keep one of the two.");
    }
    if (!Files.isRegularFile(file)) {
      throw new UsageException("There is no file " + file + ".");
    }
    // Whoever only checks a file need have neither table nor account.
    AgentIdExtractor source = table.idSource();
    @Nullable TableConnection chosen = dryRun ? null : table.meant();
    Path stateFile = stateFile();
    ImportCheckpoint from = from(stateFile, chosen);
    AgentImport.Result result;
    if (chosen == null) {
      result = new AgentImport(file, source, null, stateFile, System.err).run(from);
    } else {
      try (PolicyStore store = chosen.open()) {
        result = new AgentImport(file, source, store.accounts(), stateFile, System.err).run(from);
      }
    }
    print(result);
    return result.rejected() == 0 ? 0 : 1;
  }

  private Path stateFile() {
    return state != null ? state : file.resolveSibling(file.getFileName() + ".import-state");
  }

  private ImportCheckpoint from(Path stateFile, @Nullable TableConnection chosen)
      throws UsageException {
    ImportCheckpoint beginning;
    try {
      beginning =
          ImportCheckpoint.beginning(
              file,
              chosen == null
                  ? ""
                  : chosen.name()
                      + " at "
                      + (chosen.endpoint() == null ? chosen.region() : chosen.endpoint()));
    } catch (IOException e) {
      throw new UsageException("The file " + file + " cannot be read: " + e.getMessage());
    }
    if (resumeFrom != null) {
      return beginning.at(Math.max(0, resumeFrom - 1), 0, 0);
    }
    if (restart || dryRun) {
      return beginning;
    }
    Optional<ImportCheckpoint> stopped = ImportCheckpoint.read(stateFile);
    if (stopped.isEmpty()) {
      return beginning;
    }
    if (!stopped.get().fits(beginning)) {
      throw new UsageException(
          "An import stopped behind line "
              + stopped.get().line()
              + ", and since then the file or the table is another: say --restart to begin from the first line, or"
              + " --resume-from LINE.");
    }
    System.err.println("An import stopped behind line " + stopped.get().line() + ": going on.");
    return stopped.get();
  }

  private void print(AgentImport.Result result) {
    if (!table.json()) {
      System.out.println(
          String.format(
              Locale.ROOT,
              "%,d %s %s, %,d %s rejected",
              result.imported(),
              result.imported() == 1 ? "account" : "accounts",
              dryRun ? "can be imported" : "imported",
              result.rejected(),
              result.rejected() == 1 ? "line" : "lines"));
      return;
    }
    ObjectNode document = JSON.createObjectNode();
    document.put("file", file.toString()).put("dryRun", dryRun).put("lines", result.lines());
    document.put("imported", result.imported()).put("rejected", result.rejected());
    ArrayNode lines = document.putArray("rejectedLines");
    result
        .rejectedNow()
        .forEach(
            line -> lines.addObject().put("line", line.number()).put("problem", line.problem()));
    System.out.println(document);
  }
}
