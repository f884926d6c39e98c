package updategateway.store.agents;

import java.time.Duration;

/**
 * How long answers about accounts are kept. Failures never are.
 *
 * @param entries at most so many accounts; 0 keeps none
 * @param found how long an account is kept that is there
 * @param absent how long it is kept that there is none, which a new account waits for
 */
public record AgentsCache(int entries, Duration found, Duration absent) {
  /** The longest that anything is kept, in seconds: a day. */
  public static final long LONGEST = 86_400;

  /** The most accounts. */
  public static final int MOST = 1_000_000;

  /** Five minutes for an account, one for there being none. */
  public static final AgentsCache DEFAULT =
      new AgentsCache(10_000, Duration.ofMinutes(5), Duration.ofMinutes(1));

  /**
   * @throws IllegalArgumentException when something is negative or more than it may be
   */
  public AgentsCache {
    if (entries < 0
        || entries > MOST
        || found.isNegative()
        || absent.isNegative()
        || found.toSeconds() > LONGEST
        || absent.toSeconds() > LONGEST) {
      throw new IllegalArgumentException(
          "cache: " + entries + " accounts, " + found + " found, " + absent + " absent");
    }
  }
}
