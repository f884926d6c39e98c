package updategateway.cli.agents;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import updategateway.commandline.CommandLineTool;
import updategateway.commandline.UsageException;

/** {@code scripts/agents}. */
@Command(
    name = "scripts/agents",
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100,
    subcommands = {
      GetCommand.class,
      PutCommand.class,
      RemoveCommand.class,
      ImportCommand.class,
      VerifyCommand.class,
    },
    description =
        "Where the accounts of agents are registered: a US customer abroad is a US person.%n",
    footer = {
      "",
      "A place is a code of ISO 3166-1 like US, or of ISO 3166-2 like UA-43. Gateways keep what they",
      "know of an account for a while (AGENTS_CACHE_SECONDS, AGENTS_ABSENT_CACHE_SECONDS): a change takes",
      "as long to count everywhere.",
      "",
      "Exit codes: 0 when done, 1 when there is no such account, lines were rejected or verify found",
      "something, 2 when it cannot be done."
    })
public final class AgentsCommand implements Callable<Integer> {
  /** Started by the script. */
  public static void main(String[] arguments) {
    System.exit(CommandLineTool.run(new AgentsCommand(), arguments));
  }

  @Override
  public Integer call() throws UsageException {
    throw new UsageException(
        "Say what to do: get, put, remove, import or verify. See scripts/agents --help.");
  }
}
