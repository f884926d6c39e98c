package updategateway.deployer;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.dynamodb.Timeouts;

/** A process of its own that gets one event on its standard input, to be killed by a test. */
final class DeployOnce {
  private DeployOnce() {}

  /**
   * Deploys and ends.
   *
   * @param arguments the DynamoDB and the table
   */
  public static void main(String[] arguments) throws Exception {
    StoreSettings settings =
        new StoreSettings(
            arguments[1],
            "none",
            "us-east-1",
            URI.create(arguments[0]),
            new Timeouts(
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                3,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30)));
    try (PolicyStore store = PolicyStore.open(settings)) {
      new PolicyDeployerHandler(store.policySets(), InstantSource.system())
          .handleRequest(System.in, System.out, Invocation.of(Duration.ofMinutes(3)));
    }
  }
}
