package updategateway.store.agents;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import updategateway.place.Place;
import updategateway.policy.model.AgentIdSyntax;
import updategateway.region.AgentRegistry;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.TableSchema;

/**
 * The accounts of agents as an operator sees and changes them. The gateway reads them through
 * {@link CachingAgentRegistry}, which keeps answers for a while. Safe for many threads.
 */
public final class AgentRepository {
  /** The most that one call writes: DynamoDB takes no more. */
  public static final int BATCH = 25;

  private static final int ATTEMPTS = 12;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final DynamoDbClient client;
  private final String table;
  private final Duration firstPause;

  public AgentRepository(DynamoDbClient client, String table) {
    this(client, table, FIRST_PAUSE);
  }

  AgentRepository(DynamoDbClient client, String table, Duration firstPause) {
    this.client = client;
    this.table = table;
    this.firstPause = firstPause;
  }

  /**
   * An agent's account.
   *
   * @param agentId as {@link AgentIdSyntax} has it; a UUID in lower case, however it is given
   * @param places where it belongs, at least one; in alphabetical order, each once
   */
  public record Account(String agentId, List<Place> places) {
    /**
     * @throws IllegalArgumentException with a sentence's words when the id is none, or there is no
     *     place
     */
    public Account {
      places = places.stream().distinct().sorted().toList();
      agentId = AgentRegistry.normalizeId(agentId);
      AgentIdSyntax.problem(agentId)
          .ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
          });
      if (places.isEmpty()) {
        throw new IllegalArgumentException("the agent is registered nowhere");
      }
    }

    private Map<String, AttributeValue> item() {
      return Map.of(
          TableSchema.AGENT_ID,
          AttributeValue.fromS(agentId),
          TableSchema.COUNTRIES,
          AttributeValue.fromSs(places.stream().map(Place::code).toList()));
    }
  }

  /**
   * The codes of an account, as stored; empty when there is no such account.
   *
   * @throws PolicyStoreException.Unavailable when the table cannot be read
   */
  public Optional<List<String>> get(String agentId) throws PolicyStoreException.Unavailable {
    return codes(
        call(
            "read",
            () ->
                client
                    .getItem(get -> get.tableName(table).key(key(agentId)).consistentRead(true))
                    .item()));
  }

  /**
   * Writes an account over what was there. What was there.
   *
   * @throws PolicyStoreException.Unavailable when the table cannot be written
   */
  public Optional<List<String>> put(Account account) throws PolicyStoreException.Unavailable {
    return codes(
        call(
            "written",
            () ->
                client
                    .putItem(put ->
                        put.tableName(table).item(account.item()).returnValues(ReturnValue.ALL_OLD))
                    .attributes()));
  }

  /**
   * Removes an account. What was there.
   *
   * @throws PolicyStoreException.Unavailable when the table cannot be written
   */
  public Optional<List<String>> remove(String agentId) throws PolicyStoreException.Unavailable {
    return codes(
        call(
            "written",
            () ->
                client
                    .deleteItem(delete ->
                        delete.tableName(table).key(key(agentId)).returnValues(ReturnValue.ALL_OLD))
                    .attributes()));
  }

  /**
   * Writes accounts over what was there. What DynamoDB leaves undone, because it is throttled, is
   * tried again, with pauses that grow.
   *
   * @param accounts at most {@link #BATCH}, each id once
   * @throws PolicyStoreException.Unavailable when some could not be written; others may be
   */
  public void putAll(Collection<Account> accounts) throws PolicyStoreException.Unavailable {
    List<WriteRequest> left =
        accounts.stream()
            .map(account ->
                WriteRequest.builder().putRequest(put -> put.item(account.item())).build())
            .toList();
    Duration pause = firstPause;
    for (int attempt = 1; !left.isEmpty(); attempt++) {
      List<WriteRequest> now = left;
      left =
          call(
                  "written",
                  () -> client.batchWriteItem(write -> write.requestItems(Map.of(table, now))))
              .unprocessedItems()
              .getOrDefault(table, List.of());
      if (!left.isEmpty()) {
        if (attempt == ATTEMPTS) {
          throw new PolicyStoreException.Unavailable(
              "The table " + table + " takes no more writes for now: it is throttled.");
        }
        pause(pause);
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    }
  }

  /**
   * An account as it is stored.
   *
   * @param codes of places, in alphabetical order; empty when there are none, or in another form
   */
  public record Stored(String agentId, List<String> codes) {}

  /**
   * Reads the whole table, a page at a time.
   *
   * @throws PolicyStoreException.Unavailable if the table cannot be read to its end
   */
  public void scan(Consumer<Stored> consumer) throws PolicyStoreException.Unavailable {
    call(
        "read",
        () -> {
          client
              .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
              .items()
              .forEach(item ->
                  consumer.accept(
                      new Stored(
                          item.getOrDefault(TableSchema.AGENT_ID, AttributeValue.fromS("")).s(),
                          codes(item).orElse(List.of()))));
          return null;
        });
  }

  /** Half of it, and up to as much again by chance, so that writers do not come back together. */
  private static void pause(Duration pause) throws PolicyStoreException.Unavailable {
    try {
      Thread.sleep(
          pause.toMillis() / 2 + ThreadLocalRandom.current().nextLong(pause.toMillis() / 2 + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PolicyStoreException.Unavailable("The writing was interrupted.");
    }
  }

  private static Map<String, AttributeValue> key(String agentId) {
    return Map.of(TableSchema.AGENT_ID, AttributeValue.fromS(AgentRegistry.normalizeId(agentId)));
  }

  private static Optional<List<String>> codes(Map<String, AttributeValue> item) {
    if (item.isEmpty()) {
      return Optional.empty();
    }
    AttributeValue countries =
        item.getOrDefault(TableSchema.COUNTRIES, AttributeValue.fromNul(true));
    Set<String> codes = new TreeSet<>(countries.ss());
    countries.l().stream().map(AttributeValue::s).filter(Objects::nonNull).forEach(codes::add);
    return Optional.of(List.copyOf(codes));
  }

  private <T extends @Nullable Object> T call(String what, Supplier<T> call)
      throws PolicyStoreException.Unavailable {
    try {
      return call.get();
    } catch (SdkException e) {
      throw new PolicyStoreException.Unavailable(
          "The table " + table + " could not be " + what + ": " + firstLine(e), e);
    }
  }

  private static String firstLine(SdkException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
