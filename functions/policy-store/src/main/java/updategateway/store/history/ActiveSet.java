package updategateway.store.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import updategateway.policy.set.Digest;

/**
 * Which policy set is in force.
 *
 * @param digest its name
 * @param since when it was put in force
 * @param by who did
 * @param sequence how many activations there have been with this one, from 1
 * @param entry the hash of the last entry of the history; null where the table does not say
 */
public record ActiveSet(
    Digest digest, Instant since, String by, long sequence, @Nullable Digest entry) {}
