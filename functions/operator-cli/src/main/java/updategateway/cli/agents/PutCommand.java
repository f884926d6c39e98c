package updategateway.cli.agents;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import updategateway.commandline.UsageException;
import updategateway.place.Place;
import updategateway.store.agents.AgentRepository.Account;

/** {@code scripts/agents put}. */
@Command(
    name = "put",
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100,
    description = "Registers an account in the places named, and nowhere else.%n")
final class PutCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();

  @Mixin private TableOptions table = new TableOptions();

  @Parameters(index = "0", paramLabel = "ID", description = "the agent's id")
  private String id = "";

  @Parameters(index = "1", arity = "1..*", paramLabel = "CC", description = "codes of places")
  private List<String> codes = new ArrayList<>();

  @Override
  public Integer call() throws UsageException {
    Optional<String> problem = table.idSource().problem(id);
    if (problem.isPresent()) {
      throw new UsageException(problem.get() + ".");
    }
    Account account;
    try {
      account = new Account(id, PlaceText.parse(codes));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage() + ".");
    }
    return table.run(accounts -> {
      Optional<List<String>> before = accounts.put(account);
      List<String> after = account.places().stream().map(Place::code).toList();
      if (table.json()) {
        ObjectNode document = JSON.createObjectNode().put("agentId", id);
        after.forEach(document.putArray("countries")::add);
        before.ifPresent(found -> found.forEach(document.putArray("before")::add));
        System.out.println(document);
      } else {
        System.out.println(
            id
                + " is registered in "
                + PlaceCodeText.words(after)
                + " (before: "
                + PlaceCodeText.before(before)
                + ")");
      }
      return 0;
    });
  }
}
