package updategateway.policy.model;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One legal restriction, or one of the operator's own.
 *
 * @param id kebab-case, unique in a policy set
 * @param title what people call it
 * @param authority who ordered it
 * @param citation where it is written
 * @param reference a page about the law, shown to the refused; null when there is none
 * @param basis what it rests on
 * @param scope whom it reaches
 * @param products what it is about
 * @param exemptions what it never touches; may be empty
 * @param phases from when on it refuses which activities; at least one, in the order written
 * @param permits dated licences that lift it; may be empty
 * @param undetermined what a client gets whom it may or may not reach
 * @param note a remark for the reader, or null
 */
public record Policy(
    String id,
    String title,
    String authority,
    String citation,
    @Nullable URI reference,
    PolicyBasis basis,
    Scope scope,
    ProductSelection products,
    List<Exemption> exemptions,
    List<Phase> phases,
    List<Permit> permits,
    UndeterminedAction undetermined,
    @Nullable String note) {
  /**
   * @throws IllegalArgumentException when there is no phase
   */
  public Policy {
    exemptions = List.copyOf(exemptions);
    phases = List.copyOf(phases);
    permits = List.copyOf(permits);
    if (phases.isEmpty()) {
      throw new IllegalArgumentException("a policy without a phase: " + id);
    }
  }

  /** Returns the policy without its permits. */
  public Policy withoutPermits() {
    return new Policy(
        id,
        title,
        authority,
        citation,
        reference,
        basis,
        scope,
        products,
        exemptions,
        phases,
        List.of(),
        undetermined,
        note);
  }
}
