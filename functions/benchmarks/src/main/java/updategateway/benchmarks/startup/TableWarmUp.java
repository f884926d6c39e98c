package updategateway.benchmarks.startup;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import updategateway.benchmarks.report.Samples;
import updategateway.policy.set.Digest;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.history.PolicySetRepository;

/**
 * Reads of the set in force that bring DynamoDB Local to its usual speed: a fresh one takes five
 * times as long for its first hundred answers, which is no part of a function's start.
 */
public final class TableWarmUp {
  private static final int UNCOUNTED_READS = 1_500;
  private static final int COUNTED_READS = 100;

  private TableWarmUp() {}

  /** Returns how long a warm client takes to read the set in force. */
  public static Samples run(URI dynamodb) throws PolicyStoreException {
    System.err.println("Warming up DynamoDB Local …");
    List<Double> millis = new ArrayList<>();
    try (PolicyStore store = PolicyStore.open(StoreSettings.of("us-east-1", dynamodb))) {
      PolicySetRepository sets = store.policySets();
      for (int i = 0; i < UNCOUNTED_READS + COUNTED_READS; i++) {
        Digest digest = sets.inForce().orElseThrow().digest();
        long begun = System.nanoTime();
        sets.read(digest);
        if (i >= UNCOUNTED_READS) {
          millis.add((System.nanoTime() - begun) / 1e6);
        }
      }
    }
    return new Samples("reading the set in force, warm", "ms", millis);
  }
}
