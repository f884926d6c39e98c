package updategateway.gateway;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import updategateway.dynamodb.DynamoDbReadClient;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.StoreSettings;

/**
 * Starts a process that is wholly ours, as that of the self-contained package is: the set in force
 * is read on threads of its own while AWS's client, which does all else, gets ready and fetches the
 * first event. For half of a start neither needs the other.
 */
public final class SelfContainedMain {
  private static final FutureTask<GatewayDependencies> EARLY =
      new FutureTask<>(() -> GatewayDependencies.in(System.getenv(), SelfContainedMain::openStore));

  private static volatile boolean early;

  private SelfContainedMain() {}

  /**
   * Begins to get ready, and hands the process over to AWS's client.
   *
   * @param arguments the client's own: what it is to call
   */
  public static void main(String[] arguments) throws Throwable {
    Thread.ofPlatform().daemon().name("provisions").start(EARLY);
    early = true;
    AWSLambda.main(arguments);
  }

  /**
   * What this process has, waited for where it is being made; made where nobody began to.
   *
   * @throws IllegalArgumentException with a line for each variable of the environment that is wrong
   */
  static GatewayDependencies provisions() {
    if (!early) {
      return GatewayDependencies.in(System.getenv(), PolicyStore::openReadOnly);
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return EARLY.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw unwrapped(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static PolicyStore openStore(StoreSettings settings) {
    return DynamoDbReadClient.detect(settings, System.getenv())
        .map(reader -> PolicyStore.openReadOnly(settings, reader))
        .orElseGet(() -> PolicyStore.openReadOnly(settings));
  }

  private static RuntimeException unwrapped(ExecutionException failed) {
    if (failed.getCause() instanceof RuntimeException cause) {
      return cause;
    }
    if (failed.getCause() instanceof Error cause) {
      throw cause;
    }
    return new IllegalStateException("could not get ready", failed.getCause());
  }
}
