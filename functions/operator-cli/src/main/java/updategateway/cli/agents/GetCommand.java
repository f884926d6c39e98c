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

/** {@code scripts/agents get}. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100,
    description = "Says where an account is registered.%n")
final class GetCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();

  @Mixin private TableOptions table = new TableOptions();

  @Parameters(paramLabel = "ID", description = "the agent's id")
  private String id = "";

  @Override
  public Integer call() throws UsageException {
    return table.run(accounts -> {
      Optional<List<String>> codes = accounts.get(id);
      if (table.json()) {
        ObjectNode document = JSON.createObjectNode().put("agentId", id);
        document.put("found", codes.isPresent());
        codes.ifPresent(found -> found.forEach(document.putArray("countries")::add));
        System.out.println(document);
      } else {
        System.out.println(
            codes
                .map(found -> id + " is registered in " + PlaceCodeText.words(found))
                .orElse("There is no account " + id));
      }
      return codes.isPresent() ? 0 : 1;
    });
  }
}
