package updategateway.local.deploy;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClientBuilder;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import updategateway.local.UsageException;

/**
 * A stack as CloudFormation knows it: what its last good deployment gave it.
 *
 * @param id its ARN, which the history names for what the stack put in force
 * @param parameters their values; of secret ones, stars
 * @param outputs empty while the stack was never complete
 */
public record StackNow(String id, Map<String, String> parameters, Map<String, String> outputs) {
  /** The digest of the set that the stack put in force. */
  public static final String POLICY_SET = "PolicySetInForce";

  /** The table of policy sets. */
  public static final String POLICY_SETS_TABLE = "PolicySetsTable";

  public StackNow {
    parameters = Map.copyOf(parameters);
    outputs = Map.copyOf(outputs);
  }

  /**
   * The stack of this name; empty when there is none.
   *
   * @param region null for the environment's or the profile's
   * @throws UsageException when CloudFormation does not say
   */
  public static Optional<StackNow> find(String name, @Nullable String region)
      throws UsageException {
    try (CloudFormationClient client = client(region)) {
      return client.describeStacks(describe -> describe.stackName(name)).stacks().stream()
          .map(StackNow::of)
          .findFirst();
    } catch (CloudFormationException e) {
      // There is no error of its own for this.
      if (String.valueOf(e.getMessage()).contains("does not exist")) {
        return Optional.empty();
      }
      throw unknown(name, e);
    } catch (SdkException e) {
      throw unknown(name, e);
    }
  }

  private static CloudFormationClient client(@Nullable String region) {
    CloudFormationClientBuilder builder =
        CloudFormationClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
    if (region != null) {
      builder.region(Region.of(region));
    }
    return builder.build();
  }

  private static StackNow of(Stack stack) {
    return new StackNow(
        stack.stackId(),
        stack.parameters().stream()
            .filter(parameter -> parameter.parameterValue() != null)
            .collect(Collectors.toMap(Parameter::parameterKey, Parameter::parameterValue)),
        stack.outputs().stream().collect(Collectors.toMap(Output::outputKey, Output::outputValue)));
  }

  private static UsageException unknown(String name, SdkException e) {
    return new UsageException(
        "CloudFormation does not say what the stack "
            + name
            + " is now: "
            + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
            + " Region, profile and credentials are those of the AWS tools; --region and --profile name others.");
  }
}
