package updategateway.updategateway.agent;

/** Who an agent says that it is. */
public sealed interface AgentId {
  /** It says nothing. */
  record None() implements AgentId {}

  /** It says this. */
  record Named(String id) implements AgentId {}

  /**
   * It says something that is not one id.
   *
   * @param reason what is wrong, in a sentence's words
   */
  record Unreadable(String reason) implements AgentId {}
}
