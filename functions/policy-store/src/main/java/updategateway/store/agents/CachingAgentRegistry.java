package updategateway.store.agents;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.AgentIdSyntax;
import updategateway.region.AgentRegistry;
import updategateway.store.dynamodb.Attribute;
import updategateway.store.dynamodb.ItemReader;
import updategateway.store.dynamodb.ItemReader.GetItem;
import updategateway.store.dynamodb.ResponseCheck;
import updategateway.store.dynamodb.TableSchema;

/**
 * The agents' accounts in their table: key {@code agentId}, attribute {@code countries} with a set
 * or a list of place codes.
 *
 * <p>Answers are kept for a while, found or not, so that a change of an account takes as long to
 * count. Failures are not kept. How long is counted by the clock on the wall from when the question
 * was asked, since a frozen process sees no other time pass; a clock that was set back ends it. A
 * request waits for the table no longer than its budget, and hardly at all while the table does not
 * answer or says no: see {@link LookupCircuitBreaker}. Safe for many threads.
 */
public final class CachingAgentRegistry implements AgentRegistry {
  private final ItemReader reader;
  private final String table;
  private final AgentCacheSettings settings;
  private final InstantSource clock;
  private final LookupCircuitBreaker lookups;
  private final int maxEntries;

  /**
   * Made for the first question, which most processes never get: Caffeine's own start takes time.
   */
  private volatile @Nullable Cache<String, Kept> kept;

  /** An answer, and when it was asked for. */
  private record Kept(Found found, Instant asked) {
    boolean isFresh(Instant now, AgentCacheSettings settings) {
      Duration life = found.places().isEmpty() ? settings.negativeTtl() : settings.positiveTtl();
      return !now.isBefore(asked) && now.isBefore(asked.plus(life));
    }
  }

  /** What became of a question; the table may have answered, and the account be none. */
  private record Answer(Registration registration, boolean failed) {}

  /**
   * @param budget how long a request waits
   * @param maxPause how long after a recovery of the table it may take until somebody asks
   */
  public CachingAgentRegistry(
      ItemReader reader,
      String table,
      Duration budget,
      Duration maxPause,
      AgentCacheSettings cache,
      InstantSource clock) {
    this.reader = reader;
    this.table = table;
    this.settings = cache;
    this.clock = clock;
    this.lookups = new LookupCircuitBreaker(budget, maxPause, clock);
    this.maxEntries = cache.entries();
  }

  @Override
  public Registration find(String given) {
    String agentId = AgentRegistry.normalizeId(given);
    if (!AgentIdSyntax.isWellFormed(agentId)) {
      return new Found(Set.of());
    }
    Cache<String, Kept> answers = kept();
    Kept known = answers.getIfPresent(agentId);
    Instant now = clock.instant();
    if (known != null && known.isFresh(now, settings)) {
      return known.found();
    }
    // An answer that comes too late for this request is kept for the next one.
    return lookups
        .call(
            () -> {
              Answer answer = read(agentId);
              if (answer.registration() instanceof Found found) {
                answers.put(agentId, new Kept(found, now));
              }
              return answer;
            },
            Answer::failed)
        .map(Answer::registration)
        .orElseGet(
            () -> new Unavailable("the table " + table + " does not answer in time, or says no"));
  }

  /** Does now what the first question would have to do first. */
  public void warmUp() {
    kept().cleanUp();
  }

  /** Forgets all that is kept: for a process that was frozen, nobody knows how long. */
  public void clear() {
    Cache<String, Kept> made = kept;
    if (made != null) {
      made.invalidateAll();
    }
  }

  private Cache<String, Kept> kept() {
    Cache<String, Kept> made = kept;
    if (made == null) {
      synchronized (this) {
        made = kept;
        if (made == null) {
          made = Caffeine.newBuilder().maximumSize(maxEntries).executor(Runnable::run).build();
          kept = made;
        }
      }
    }
    return made;
  }

  private Answer read(String agentId) {
    GetItem account =
        new GetItem(table, Map.of(TableSchema.AGENT_ID, Attribute.fromS(agentId)), false);
    try {
      return new Answer(registration(ResponseCheck.item(reader.item(account), account)), false);
    } catch (RuntimeException | StackOverflowError e) {
      return new Answer(
          new Unavailable("could not read the table " + table + ": " + e.getMessage()), true);
    }
  }

  private static Registration registration(Map<String, Attribute> item) {
    if (item.isEmpty()) {
      return new Found(Set.of());
    }
    Attribute countries = item.get(TableSchema.COUNTRIES);
    return countries == null
        ? new Unavailable("the account has no " + TableSchema.COUNTRIES)
        : countries(countries);
  }

  private static Registration countries(Attribute value) {
    Set<String> codes = codes(value);
    if (codes == null) {
      return new Unavailable(
          "the account's " + TableSchema.COUNTRIES + " is neither a set nor a list of texts");
    }
    // "No such account" has no item at all; an account that is nowhere is a mistake.
    return codes.isEmpty()
        ? new Unavailable("the account's " + TableSchema.COUNTRIES + " name no place")
        : new Found(codes);
  }

  /** Null when it is neither a set nor a list of texts. */
  private static @Nullable Set<String> codes(Attribute value) {
    List<String> texts = value.ss();
    if (texts != null) {
      return new HashSet<>(texts);
    }
    List<Attribute> items = value.l();
    if (items == null) {
      return null;
    }
    Set<String> codes = new HashSet<>();
    for (Attribute item : items) {
      String code = item.s();
      if (code == null) {
        return null;
      }
      codes.add(code);
    }
    return codes;
  }
}
