package updategateway.region;

import java.util.Locale;
import java.util.Set;

/**
 * The accounts of agents, and the countries that they belong to. Implementations are safe for many
 * threads.
 */
public interface AgentRegistry {
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

  /**
   * One spelling of an id: a UUID in lower case (RFC 9562, section 4: it is read in either), and
   * anything else as it is.
   */
  static String normalizeId(String agentId) {
    return isUuid(agentId) ? agentId.toLowerCase(Locale.ROOT) : agentId;
  }

  private static boolean isUuid(String text) {
    if (text.length() != 36) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
      char c = text.charAt(i);
      boolean digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      if (hyphen ? c != '-' : !digit) {
        return false;
      }
    }
    return true;
  }

  /** Looks an agent up; never throws, and answers within the time budget of the implementation. */
  Registration find(String agentId);
}
