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
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.dynamodb.Timeouts;
import updategateway.store.history.PolicySetRepository;

/**
 * The Lambda function: CloudFormation's request in, its answer out.
 *
 * <p>An event with a {@code ResponseURL} is answered there, and as the function's output too; any
 * other only as output. CloudFormation is always answered: a stack that is not hangs for as long as
 * its time-out lasts. Only when the answer could not be brought does an exception leave this class,
 * so that Lambda delivers the event again; carrying out the same request again changes nothing.
 */
public final class PolicyDeployerHandler implements RequestStreamHandler {
  /** What is left of an invocation's time when the answer has been sent or has not. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private static final Duration LONGEST_DELIVERY = Duration.ofSeconds(45);

  /** A call to DynamoDB ends, with all its attempts, while the watchdog still waits for it. */
  private static final Timeouts PATIENCE =
      new Timeouts(
          Duration.ofSeconds(4),
          Duration.ofSeconds(10),
          5,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10));

  private final PolicyDeployment deployment;
  private final Consumer<String> log;
  private final ResponseSender post = new ResponseSender();

  /** As Lambda starts it: settings from the environment. */
  public PolicyDeployerHandler() {
    this(PolicyStore.open(settings(System.getenv())).policySets(), InstantSource.system());
  }

  /** With all that it depends on. */
  public PolicyDeployerHandler(PolicySetRepository store, InstantSource clock) {
    this(store, clock, System.out::println);
  }

  /**
   * @param log takes a line for each answer to CloudFormation
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
        PATIENCE);
  }

  /**
   * @throws IOException when CloudFormation could not be answered and Lambda is to try again
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    byte[] event = input.readAllBytes();
    ResponseTarget envelope = ResponseTarget.read(event);
    String responseUrl = envelope.responseUrl();
    if (responseUrl == null) {
      output.write(
          CustomResourceResponse.json(
              result(event, request -> deployment.carryOut(request, new CommitGate())), envelope));
      return;
    }
    DeadlineRunner watchdog = new DeadlineRunner(deployment);
    byte[] answer =
        CustomResourceResponse.json(
            result(event, request -> watchdog.carryOut(request, remaining(context))), envelope);
    ResponseSender.Delivery delivery =
        post.send(responseUrl, answer, min(remaining(context), LONGEST_DELIVERY));
    log.accept(DeploymentLogEntry.json(answer, delivery));
    if (delivery instanceof ResponseSender.Failed(String why)) {
      throw new IOException(
          "CloudFormation could not be answered, so that this event is to be delivered again: "
              + why);
    }
    output.write(answer);
  }

  /** What is left of the invocation's time. */
  private static Duration remaining(Context context) {
    Duration left = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(MARGIN);
    return left.isPositive() ? left : Duration.ofMillis(1);
  }

  private static ResourceResult result(byte[] event, Carrying carrying) {
    try {
      return carrying.out(ResourceRequestReader.read(event));
    } catch (MalformedRequestException e) {
      return new ResourceResult.Failure(e.getMessage() + "\nNothing was changed.");
    } catch (RuntimeException | StackOverflowError e) {
      return new ResourceResult.Failure(
          "A fault of the deployer's own; what is in force is unchanged or whole: " + e);
    }
  }

  @FunctionalInterface
  private interface Carrying {
    ResourceResult out(ResourceRequest request);
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
