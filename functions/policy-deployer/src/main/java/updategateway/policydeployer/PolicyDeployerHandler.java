package updategateway.policydeployer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import updategateway.policystore.DynamoDbPolicySets;
import updategateway.policystore.InForce;
import updategateway.policystore.Patience;
import updategateway.policystore.PolicyStore;
import updategateway.policystore.StoreSettings;

/**
 * The Lambda function: CloudFormation's request in, its answer out. No exception leaves it: a stack
 * that is not answered hangs for an hour.
 */
public final class PolicyDeployerHandler implements RequestStreamHandler {
  /** Constant, since another one would mean a replacement and then a Delete. */
  static final String PHYSICAL_ID = "policy-in-force";

  /** CloudFormation takes 4096 bytes in all; the rest of the answer needs less than a thousand. */
  private static final int LONGEST_REASON = 3_000;

  private static final JsonFactory JSON = new JsonFactory();

  private final PolicyDeployment deployment;

  /** As Lambda starts it: settings from the environment. */
  public PolicyDeployerHandler() {
    this(PolicyStore.open(settings(System.getenv())).policySets(), InstantSource.system());
  }

  /** With all that it depends on. */
  public PolicyDeployerHandler(DynamoDbPolicySets store, InstantSource clock) {
    this.deployment = new PolicyDeployment(store, clock);
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
        Patience.OF_A_WRITER);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    write(result(input), output);
  }

  private ResourceResult result(InputStream input) {
    try {
      return deployment.carryOut(ResourceRequestReader.read(input));
    } catch (MalformedRequestException e) {
      return new ResourceResult.Failure(e.getMessage() + " Nothing was changed.");
    } catch (RuntimeException | StackOverflowError e) {
      return new ResourceResult.Failure(
          "A fault of the deployer's own; what is in force is unchanged or whole: " + e);
    }
  }

  private static void write(ResourceResult result, OutputStream output) throws IOException {
    try (JsonGenerator out = JSON.createGenerator(output)) {
      out.writeStartObject();
      switch (result) {
        case ResourceResult.Success success -> {
          out.writeStringField("Status", "SUCCESS");
          out.writeStringField("PhysicalResourceId", PHYSICAL_ID);
          out.writeObjectFieldStart("Data");
          InForce inForce = success.inForce();
          if (inForce != null) {
            out.writeStringField("Digest", inForce.digest().hex());
            out.writeStringField("Sequence", Long.toString(inForce.sequence()));
          }
          out.writeStringField("Changed", Boolean.toString(success.changed()));
          out.writeEndObject();
        }
        case ResourceResult.Failure failure -> {
          out.writeStringField("Status", "FAILED");
          out.writeStringField("Reason", cut(failure.reason()));
          out.writeStringField("PhysicalResourceId", PHYSICAL_ID);
        }
      }
      out.writeEndObject();
    }
  }

  /** By lines, so that no finding is cut in half; says how many are left out. */
  private static String cut(String reason) {
    if (reason.length() <= LONGEST_REASON) {
      return reason;
    }
    int end = reason.lastIndexOf('\n', LONGEST_REASON);
    int kept = end > 0 ? end : LONGEST_REASON;
    long left = reason.substring(kept).lines().filter(line -> !line.isBlank()).count();
    return reason.substring(0, kept) + "\n… and " + left + " more";
  }
}
