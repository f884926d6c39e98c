package updategateway.local.run;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import updategateway.commandline.CommandLineTool;
import updategateway.commandline.TimeOption;
import updategateway.commandline.UsageException;
import updategateway.local.edge.EdgeServer;
import updategateway.local.edge.Viewer;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;
import updategateway.policy.set.PolicySet;

/** {@code scripts/run}. */
@Command(
    name = "scripts/run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    description =
        "Runs the whole system on this machine, without an AWS account: DynamoDB with the policies in force, an origin with"
            + " artifacts, and an HTTP front that plays the edge and calls the real function.%n",
    footer = {
      "",
      "A request can say what the edge is to report of it (an empty value: nothing):",
      "  X-Local-Country: US          X-Local-Subdivision: CA",
      "  X-Local-Address: 203.0.113.7 X-Local-Time: 2024-09-29 00:00 America/New_York",
      "",
      "The gateway and the origin answer this machine alone. AWS's DynamoDB Local, behind them, cannot be told to: it listens on",
      "every address, on a free port. On a network that you do not trust, name another one (--dynamodb), or use a firewall.",
      "",
      "TIME is written as in a policy file: DATE TIME ZONE-ID, or ISO 8601 with an offset.",
      "Exit codes: 0 or 130 when stopped, 2 when it cannot start."
    })
public final class RunCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "where it listens; 0 for any free port (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--country",
      paramLabel = "CC",
      description =
          "what the edge reports of every request that does not say otherwise, such as US or UA-43 (default: nothing)")
  private @Nullable String country;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "when every request is made that does not say otherwise (default: now)")
  private @Nullable String at;

  @Option(
      names = "--edge",
      paramLabel = "CC=PORT",
      arity = "1..*",
      description =
          "further ports, each for viewers from one place: for agents that cannot send headers")
  private List<String> edges = new ArrayList<>();

  @Option(
      names = "--policies",
      paramLabel = "DIR",
      description = "the policies and their catalog (default: functions/policies)")
  private @Nullable Path policies;

  @Option(
      names = "--replace",
      description =
          "put these policies in force over another set that the tables of --data or --dynamodb already have")
  private boolean replace;

  @Option(
      names = "--origin",
      paramLabel = "DIR|URL",
      description =
          "a folder of artifacts to serve, or an address to redirect to (default: a small demonstration)")
  private @Nullable String origin;

  @Option(
      names = "--dynamodb",
      paramLabel = "URL",
      description = "any DynamoDB endpoint (default: DynamoDB Local, in memory)")
  private @Nullable URI dynamodb;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "keep DynamoDB Local's data here between runs, with the policy set in force; for one scripts/run at a time")
  private @Nullable Path data;

  @Option(
      names = "--geo",
      paramLabel = "FILE",
      description =
          "places of addresses, a database in the MaxMind DB format, asked for X-Local-Address (default: none; see scripts/geo)")
  private @Nullable Path geo;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description =
          "append every request to this file as a sample event, one a line, for scripts/replay FILE; without"
              + " credentials, cookies and queries")
  private @Nullable Path record;

  /** Started by the script. */
  public static void main(String[] arguments) {
    System.exit(CommandLineTool.run(new RunCommand(), arguments));
  }

  @Override
  public Integer call() throws Exception {
    PrintStream out = System.out;
    LocalSystem system = new LocalSystem(System.err);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  system.close();
                  stopped.countDown();
                },
                "stop"));
    if (dynamodb != null && data != null) {
      throw new UsageException(
          "--data is for DynamoDB Local, and --dynamodb names another: keep one of the two.");
    }
    LocalSystem.Running running =
        system.start(
            new LocalSystem.Options(
                new PolicyActivation(policies, replace),
                ports(),
                origin,
                dynamodb,
                data,
                geo,
                record,
                out));
    print(running, out);
    stopped.await();
    return 0;
  }

  private List<EdgeServer.Port> ports() throws UsageException {
    Instant time = TimeOption.instant("--at", at);
    List<EdgeServer.Port> ports = new ArrayList<>();
    ports.add(
        new EdgeServer.Port(
            checked(port, "--port"), Viewer.at(country == null ? "" : country, time)));
    for (String edge : edges) {
      int equals = edge.lastIndexOf('=');
      if (equals < 0) {
        throw new UsageException("--edge is " + edge + ": write CC=PORT, such as US=8081.");
      }
      try {
        int number = Integer.parseInt(edge.substring(equals + 1));
        ports.add(
            new EdgeServer.Port(
                checked(number, "--edge"), Viewer.at(edge.substring(0, equals), time)));
      } catch (NumberFormatException e) {
        throw new UsageException("--edge is " + edge + ": write CC=PORT, such as US=8081.");
      }
    }
    return ports;
  }

  private static int checked(int port, String option) throws UsageException {
    if (port < 0 || port > 65_535) {
      throw new UsageException(
          option + " is " + port + ": a port is a number from 1 to 65535, or 0 for any free one.");
    }
    return port;
  }

  private void print(LocalSystem.Running running, PrintStream out) throws UsageException {
    String address = "http://127.0.0.1:" + running.front().port(0);
    out.println();
    out.println(
        "The gateway listens on "
            + address
            + (country == null ? "" : ", for viewers from " + country));
    for (int i = 0; i < edges.size(); i++) {
      String edge = edges.get(i);
      String place = edge.substring(0, edge.lastIndexOf('='));
      out.println(
          "                 and on http://127.0.0.1:"
              + running.front().port(i + 1)
              + ", for viewers from "
              + (place.isEmpty() ? "nowhere known" : place));
    }
    if (at != null) {
      out.println(
          "It is "
              + TimeOption.instant("--at", at)
              + " for every request that does not say otherwise.");
    }
    out.println("Artifacts are at " + running.origin() + ", the tables at " + running.dynamodb());
    PolicySet inForce = running.policies().set();
    out.println("In force: policy set " + inForce.digest().abbreviated());
    for (Policy policy : inForce.policies()) {
      for (Phase phase : policy.phases()) {
        out.println(
            "  "
                + policy.id()
                + " / "
                + phase.id()
                + " from "
                + phase.span().from().instant()
                + " ("
                + phase.span().from().written()
                + ")");
      }
    }
    running.policies().note().forEach(out::println);
    out.println();
    out.println("Try");
    out.println("  served:   curl -i -H 'X-Local-Country: DE' " + address + "/bases/main.cvd");
    out.println("  refused:  curl -i -H 'X-Local-Country: US' " + address + "/bases/main.cvd");
    out.println(
        "  what if:  curl -i -H 'X-Local-Country: US' -H 'X-Local-Time: 2024-09-29T03:59:59.999Z' "
            + address
            + "/bases/main.cvd");
    out.println();
    out.println("Each decision is a line below. Ctrl-C stops it.");
    out.flush();
  }
}
