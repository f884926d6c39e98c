package updategateway.gateway.registration;

import updategateway.region.AgentRegistry;

/** Who an agent says that it is. */
public sealed interface AgentId {
  /** It says nothing. */
  record None() implements AgentId {}

  /**
   * It says this.
   *
   * @param id in its one spelling: a UUID in lower case
   */
  record Named(String id) implements AgentId {
    public Named {
      id = AgentRegistry.normalizeId(id);
    }
  }

  /**
   * It says something that is not one id.
   *
   * @param reason what is wrong, in a sentence's words
   */
  record Unreadable(String reason) implements AgentId {}
}
