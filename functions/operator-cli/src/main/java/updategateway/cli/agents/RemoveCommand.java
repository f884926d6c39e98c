package updategateway.cli.agents;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import updategateway.commandline.UsageException;

/** {@code scripts/agents remove}. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100,
    description = "Removes an account: the agent is then judged by its place alone.%n")
final class RemoveCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();

  @Mixin private TableOptions table = new TableOptions();

  @Parameters(paramLabel = "ID", description = "the agent's id")
  private String id = "";

  @Override
  public Integer call() throws UsageException {
    return table.run(accounts -> {
      Optional<List<String>> before = accounts.remove(id);
      if (table.json()) {
        ObjectNode document = JSON.createObjectNode().put("agentId", id);
        document.put("removed", before.isPresent());
        before.ifPresent(found -> found.forEach(document.putArray("before")::add));
        System.out.println(document);
      } else {
        System.out.println(
            before
                .map(
                    found -> id + " is removed; it was registered in " + PlaceCodeText.words(found))
                .orElse("There is no account " + id));
      }
      return before.isPresent() ? 0 : 1;
    });
  }
}
