package updategateway.cli.geo;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import updategateway.commandline.CommandLineTool;
import updategateway.commandline.UsageException;

/** {@code scripts/geo}. */
@Command(
    name = "scripts/geo",
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100,
    subcommands = {FetchCommand.class, LookupCommand.class},
    description = "Address databases: fetch one, look addresses up.%n",
    footer = {
      "",
      "Any database in the MaxMind DB format will do that has countries: GeoIP2 and GeoLite2 Country,",
      "City and Enterprise, or one with country_code in its records. GEO_DATABASE names the gateway's.",
      "",
      "Exit codes: 0 when done, 1 when something is no address, 2 when it cannot be done."
    })
public final class GeoCommand implements Callable<Integer> {
  /** Started by the script. */
  public static void main(String[] arguments) {
    System.exit(CommandLineTool.run(new GeoCommand(), arguments));
  }

  @Override
  public Integer call() throws UsageException {
    throw new UsageException("Say what to do: fetch or lookup. See scripts/geo --help.");
  }
}
