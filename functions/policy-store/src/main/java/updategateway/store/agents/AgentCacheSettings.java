package updategateway.store.agents;

import java.time.Duration;

/**
 * Size and lifetimes of the cache of accounts. Failed look-ups are never cached.
 *
 * @param entries maximum number of accounts; 0 caches none
 * @param positiveTtl lifetime of an account that exists
 * @param negativeTtl lifetime of the result that an account does not exist; a new account is
 *     visible after this time at the latest
 */
public record AgentCacheSettings(int entries, Duration positiveTtl, Duration negativeTtl) {
  /** The maximum lifetime: a day. */
  public static final long MAX_TTL_SECONDS = 86_400;

  /** The maximum number of accounts. */
  public static final int MAX_ENTRIES = 1_000_000;

  /** Five minutes for an account that exists, one minute for one that does not. */
  public static final AgentCacheSettings DEFAULT =
      new AgentCacheSettings(10_000, Duration.ofMinutes(5), Duration.ofMinutes(1));

  /**
   * @throws IllegalArgumentException if a value is negative or above its maximum
   */
  public AgentCacheSettings {
    if (entries < 0
        || entries > MAX_ENTRIES
        || positiveTtl.isNegative()
        || negativeTtl.isNegative()
        || positiveTtl.toSeconds() > MAX_TTL_SECONDS
        || negativeTtl.toSeconds() > MAX_TTL_SECONDS) {
      throw new IllegalArgumentException(
          "cache: "
              + entries
              + " accounts, "
              + positiveTtl
              + " if they exist, "
              + negativeTtl
              + " if they do not");
    }
  }
}
