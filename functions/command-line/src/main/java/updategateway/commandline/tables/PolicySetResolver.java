package updategateway.commandline.tables;

import java.util.List;
import updategateway.commandline.UsageException;
import updategateway.policy.set.Digest;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.history.Activation;
import updategateway.store.history.PolicySetRepository;

/** Sets that were in force, as a person names them. */
public final class PolicySetResolver {
  private static final int SHORTEST = 8;

  private PolicySetResolver() {}

  /**
   * Returns the set of an activation's number, or of a digest or its beginning. A whole digest is
   * taken as it is, whatever the history says.
   *
   * @throws UsageException if no set of the history is meant, or more than one
   * @throws PolicyStoreException if the history cannot be read
   */
  public static Digest named(String text, PolicySetRepository sets)
      throws UsageException, PolicyStoreException {
    try {
      return new Digest(text);
    } catch (IllegalArgumentException e) {
      return named(text, sets.history());
    }
  }

  /**
   * The set of an activation's number, or of a digest or its beginning.
   *
   * @throws UsageException when no set of the history is meant, or more than one
   */
  public static Digest named(String text, List<Activation> history) throws UsageException {
    boolean isNumber = text.length() < SHORTEST && text.chars().allMatch(c -> c >= '0' && c <= '9');
    List<Digest> found =
        history.stream()
            .filter(activation ->
                isNumber
                    ? Long.toString(activation.sequence()).equals(text)
                    : text.length() >= SHORTEST && activation.digest().hex().startsWith(text))
            .map(Activation::digest)
            .distinct()
            .toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new UsageException(
        found.isEmpty()
            ? "No set of the history is "
                + text
                + ": write the number of an activation, or at least "
                + SHORTEST
                + " digits of a digest, as scripts/policy history shows them."
            : text + " is the beginning of several digests: write more of it.");
  }
}
