package updategateway.cli.agents;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import updategateway.commandline.UsageException;
import updategateway.gateway.registration.AgentIdExtractor;
import updategateway.region.AgentRegistry;
import updategateway.store.agents.AgentRepository.Stored;

/** {@code scripts/agents verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    description =
        "Reads the whole table, counts its accounts and names those that can never count.%n",
    footer = {
      "",
      "The table keeps no history: older or altered accounts are believed. Record them after a change",
      "that was meant, keep the file outside AWS, and compare from time to time:",
      "",
      "    scripts/agents verify --stack update-gateway --record agents.json",
      "    scripts/agents verify --stack update-gateway --expect agents.json",
      "",
      "Exit codes: 0 when all is well, 1 when accounts can never count or are not those recorded, 2 when",
      "the table or a file cannot be read."
    })
final class VerifyCommand implements Callable<Integer> {
  private static final int MAX_NAMED = 1_000;

  @Mixin private TableOptions table = new TableOptions();

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "write the accounts' count and checksum to this file")
  private @Nullable Path record;

  @Option(
      names = "--expect",
      paramLabel = "FILE",
      description = "compare with the count and checksum in this file")
  private @Nullable Path expect;

  /** An account that cannot count, and why. */
  private record Problem(String agentId, String text) {}

  @Override
  public Integer call() throws UsageException {
    AgentIdExtractor source = table.idSource();
    @Nullable AccountsRecord recorded = expect == null ? null : AccountsRecord.read(expect);
    AccountsRecord.Sum sum = new AccountsRecord.Sum();
    List<Problem> problems = new ArrayList<>();
    long[] rejected = new long[1];
    table.run(accounts -> {
      accounts.scan(account -> {
        sum.add(account);
        problem(account, source)
            .ifPresent(text -> {
              rejected[0]++;
              if (problems.size() < MAX_NAMED) {
                problems.add(new Problem(account.agentId(), text));
              }
            });
      });
      return 0;
    });
    AccountsRecord found = sum.at(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    if (record != null) {
      found.write(record);
    }
    print(found, recorded, problems, rejected[0]);
    boolean well = rejected[0] == 0 && (recorded == null || found.isSameAs(recorded));
    return well ? 0 : 1;
  }

  private static Optional<String> problem(Stored account, AgentIdExtractor source) {
    String id = account.agentId();
    Optional<String> problem = source.problem(id);
    if (problem.isPresent()) {
      return problem;
    }
    if (!id.equals(AgentRegistry.normalizeId(id))) {
      return Optional.of(
          "the id "
              + id
              + " is a UUID in upper case: put "
              + AgentRegistry.normalizeId(id)
              + " and remove this one");
    }
    if (account.codes().isEmpty()) {
      return Optional.of("the account " + id + " names no place: put it again with its places");
    }
    try {
      PlaceText.parse(account.codes());
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("the account " + id + ": " + e.getMessage());
    }
  }

  private void print(
      AccountsRecord found,
      @Nullable AccountsRecord recorded,
      List<Problem> problems,
      long rejected) {
    if (table.json()) {
      ObjectNode document = found.json().put("rejected", rejected);
      if (recorded != null) {
        document.put("same", found.isSameAs(recorded)).set("recorded", recorded.json());
      }
      ArrayNode list = document.putArray("problems");
      problems.forEach(problem ->
          list.addObject().put("agentId", problem.agentId()).put("problem", problem.text()));
      System.out.println(document);
      return;
    }
    problems.forEach(problem -> System.out.println(problem.text()));
    if (rejected > problems.size()) {
      System.out.println((rejected - problems.size()) + " more are only counted.");
    }
    System.out.println(
        found.accounts()
            + (found.accounts() == 1 ? " account, " : " accounts, ")
            + rejected
            + " that can never count; checksum "
            + found.checksum());
    if (recorded != null) {
      System.out.println(found.difference(recorded));
    }
  }
}
