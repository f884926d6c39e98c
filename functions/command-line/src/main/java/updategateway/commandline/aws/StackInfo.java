package updategateway.commandline.aws;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClientBuilder;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import updategateway.commandline.UsageException;

/**
 * A stack as CloudFormation knows it: what its last good deployment gave it.
 *
 * @param id its ARN, which the history names for what the stack put in force
 * @param parameters their values; of secret ones, stars
 * @param outputs empty while the stack was never complete
 */
public record StackInfo(String id, Map<String, String> parameters, Map<String, String> outputs) {
  /** The digest of the set that the stack put in force. */
  public static final String POLICY_SET = "PolicySetInForce";

  /** The table of policy sets. */
  public static final String POLICY_SETS_TABLE = "PolicySetsTable";

  /** The table of the agents' accounts. */
  public static final String AGENTS_TABLE = "AgentsTable";

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,127}|arn:\\S+");

  public StackInfo {
    parameters = Map.copyOf(parameters);
    outputs = Map.copyOf(outputs);
  }

  /**
   * Nothing, where a stack can be called that.
   *
   * @throws UsageException otherwise
   */
  public static void requireName(String name) throws UsageException {
    if (!NAME.matcher(name).matches()) {
      // CloudFormation takes no name for all stacks.
      throw new UsageException(
          "--stack is "
              + (name.isEmpty() ? "empty" : name)
              + ": the name of a stack is letters, digits and hyphens, and begins with a letter.");
    }
  }

  /**
   * The stack of this name; empty when there is none.
   *
   * @param credentials null for the environment's
   * @throws UsageException when CloudFormation does not say, or no stack can be called that
   */
  public static Optional<StackInfo> find(
      String name, String region, @Nullable AwsCredentialsProvider credentials)
      throws UsageException {
    requireName(name);
    try (CloudFormationClient client = client(region, credentials)) {
      return client.describeStacks(describe -> describe.stackName(name)).stacks().stream()
          .map(StackInfo::of)
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

  private static CloudFormationClient client(
      String region, @Nullable AwsCredentialsProvider credentials) {
    CloudFormationClientBuilder builder =
        CloudFormationClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .region(Region.of(region));
    if (credentials != null) {
      builder.credentialsProvider(credentials);
    }
    return builder.build();
  }

  private static StackInfo of(Stack stack) {
    return new StackInfo(
        stack.stackId(),
        stack.parameters().stream()
            .filter(parameter -> parameter.parameterValue() != null)
            .collect(Collectors.toMap(Parameter::parameterKey, Parameter::parameterValue)),
        stack.outputs().stream().collect(Collectors.toMap(Output::outputKey, Output::outputValue)));
  }

  private static UsageException unknown(String name, SdkException e) {
    String why = firstLine(e);
    return new UsageException(
        why.startsWith("Unable to load credentials")
            ? "No AWS credentials are configured here, so that CloudFormation cannot be asked what the stack "
                + name
                + " is now: name a profile with --profile or log in."
            : "CloudFormation does not say what the stack "
                + name
                + " is now: "
                + why
                + " Region, profile and credentials are those of the AWS tools; --region and --profile name others.");
  }

  static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
