package updategateway.deployer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.dynamodb.Timeouts;
import updategateway.store.history.PolicySetRepository;

/**
 * Lambda function that executes the requests of a CloudFormation custom resource.
 *
 * <p>The response to an event with a {@code ResponseURL} is sent there and is the function's output
 * too; to any other event it is the output only. CloudFormation always gets a response, since a
 * stack without one hangs until its time-out. An exception leaves this class only if the response
 * could not be delivered: Lambda then delivers the event again, and executing the same request
 * again changes nothing.
 */
public final class PolicyDeployerHandler implements RequestStreamHandler {
  /** Time that is left of the invocation after the response was sent or not. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private static final Duration MAX_DELIVERY = Duration.ofSeconds(45);

  /** A call to DynamoDB ends, with all its attempts, while the watchdog still waits for it. */
  private static final Timeouts TIMEOUTS =
      new Timeouts(
          Duration.ofSeconds(4),
          Duration.ofSeconds(10),
          5,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10));

  private final PolicyDeployment deployment;
  private final Consumer<String> log;
  private final ResponseSender sender = new ResponseSender();

  /** Constructor that Lambda calls; takes the settings from the environment. */
  public PolicyDeployerHandler() {
    this(PolicyStore.open(settings(System.getenv())).policySets(), InstantSource.system());
  }

  public PolicyDeployerHandler(PolicySetRepository store, InstantSource clock) {
    this(store, clock, System.out::println);
  }

  /**
   * @param log takes a line for each response to CloudFormation
   */
  PolicyDeployerHandler(PolicySetRepository store, InstantSource clock, Consumer<String> log) {
    this.deployment = new PolicyDeployment(store, clock);
    this.log = log;
  }

  private static StoreSettings settings(Map<String, String> environment) {
    String endpoint = environment.getOrDefault("DYNAMODB_ENDPOINT", "");
    StoreSettings defaults =
        StoreSettings.of(
            environment.getOrDefault("AWS_REGION", "us-east-1"),
            endpoint.isEmpty() ? null : URI.create(endpoint));
    return new StoreSettings(
        environment.getOrDefault("POLICY_TABLE", defaults.policySetsTable()),
        defaults.agentsTable(),
        defaults.region(),
        defaults.endpoint(),
        TIMEOUTS);
  }

  /**
   * @throws IOException if the response could not be delivered and Lambda must retry
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    byte[] event = input.readAllBytes();
    ResponseTarget target = ResponseTarget.read(event);
    String responseUrl = target.responseUrl();
    if (responseUrl == null) {
      output.write(
          CustomResourceResponse.json(
              result(event, request -> deployment.execute(request, new CommitGate())), target));
      return;
    }
    DeadlineRunner runner = new DeadlineRunner(deployment);
    byte[] response =
        CustomResourceResponse.json(
            result(event, request -> runner.execute(request, remaining(context))), target);
    Duration remaining = remaining(context);
    ResponseSender.Delivery delivery =
        sender.send(
            responseUrl,
            response,
            remaining.compareTo(MAX_DELIVERY) < 0 ? remaining : MAX_DELIVERY);
    log.accept(DeploymentLogEntry.json(response, delivery));
    if (delivery instanceof ResponseSender.Failed(String cause)) {
      throw new IOException(
          "The response could not be sent to CloudFormation, so that this event is to be delivered"
              + " again: "
              + cause);
    }
    output.write(response);
  }

  private static Duration remaining(Context context) {
    Duration left = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(MARGIN);
    return left.isPositive() ? left : Duration.ofMillis(1);
  }

  private static ResourceResult result(
      byte[] event, Function<ResourceRequest, ResourceResult> executor) {
    try {
      return executor.apply(ResourceRequestReader.read(event));
    } catch (MalformedRequestException e) {
      return new ResourceResult.Failure(e.getMessage() + "\nNothing was changed.");
    } catch (RuntimeException | StackOverflowError e) {
      return new ResourceResult.Failure(
          "A fault of the deployer's own; what is in force is unchanged or whole: " + e);
    }
  }
}
