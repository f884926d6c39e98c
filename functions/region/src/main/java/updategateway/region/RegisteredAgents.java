package updategateway.region;

import java.util.Set;

/**
 * The accounts of agents, and the countries that they belong to. Implementations are safe for many
 * threads.
 */
public interface RegisteredAgents {
  /** Where an agent's account belongs. */
  sealed interface Registration {}

  /**
   * Nobody could say otherwise.
   *
   * @param places codes as stored: ISO 3166-1 alpha-2 or 3166-2; none when there is no such account
   */
  record Found(Set<String> places) implements Registration {
    public Found {
      places = Set.copyOf(places);
    }
  }

  /**
   * The accounts could not be asked.
   *
   * @param reason why, for the log
   */
  record Unavailable(String reason) implements Registration {}

  /** Looks an agent up; never throws, and answers within the time budget of the implementation. */
  Registration find(String agentId);
}
