package updategateway.local.policy;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import updategateway.local.Project;
import updategateway.local.UsageException;
import updategateway.local.policy.words.Paragraph;
import updategateway.local.tables.TableCreation;
import updategateway.local.tables.TableName;
import updategateway.local.tables.TemplateTables;
import updategateway.policystore.DynamoDbPolicySets;
import updategateway.policystore.Patience;
import updategateway.policystore.PolicyStore;
import updategateway.policystore.PolicyStoreException;
import updategateway.policystore.StoreSettings;

/** Which table of policy sets is meant. */
final class TableOptions {
  @Option(
      names = "--dynamodb",
      paramLabel = "URL",
      description = "any DynamoDB endpoint, such as http://127.0.0.1:8000 (default: AWS's own)")
  private @Nullable URI dynamodb;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      defaultValue = StoreSettings.POLICY_SETS,
      description = "the table of policy sets (default: ${DEFAULT-VALUE})")
  private String table = StoreSettings.POLICY_SETS;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "the AWS profile that names account and region (default: the environment's)")
  private @Nullable String profile;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "the AWS region (default: the profile's or the environment's)")
  private @Nullable String region;

  /** What is done with the table. */
  @FunctionalInterface
  interface Work {
    int with(DynamoDbPolicySets sets) throws PolicyStoreException, UsageException;
  }

  /**
   * Does something with the table.
   *
   * @return its exit code; {@link Output#FINDINGS} when what the table holds does not verify
   * @throws UsageException when the table cannot be had
   */
  int run(Output output, Work work) throws UsageException {
    try (PolicyStore store = PolicyStore.open(settings())) {
      return work.with(store.policySets());
    } catch (PolicyStoreException.Corrupt e) {
      output.err().println("What the table holds does not verify: " + printable(e) + ".");
      output.err().println("See what else does not: scripts/policy history --verify");
      return Output.FINDINGS;
    } catch (PolicyStoreException e) {
      throw new UsageException(sentence(e));
    }
  }

  private static String printable(PolicyStoreException.Corrupt e) {
    return String.valueOf(e.getMessage())
        .lines()
        .map(Paragraph::printable)
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /** Creates the template's tables where they are missing. */
  void create() throws UsageException {
    if (dynamodb == null) {
      throw new UsageException(
          "--create-tables is for a DynamoDB of your own, named with --dynamodb: in AWS the stack"
              + " creates the tables.");
    }
    StoreSettings settings = settings();
    List<TemplateTables.Table> tables =
        TemplateTables.read(Project.template()).stream()
            .map(declared ->
                declared.name().equals(StoreSettings.POLICY_SETS)
                    ? new TemplateTables.Table(table, declared.attributes(), declared.keys())
                    : declared)
            .toList();
    TableCreation.create(tables, settings);
  }

  /** Means another table than the options said. */
  void means(String other) {
    table = other;
  }

  String name() {
    return table;
  }

  /** The first option that names a table; empty where none does. */
  Optional<String> named() {
    if (dynamodb != null) {
      return Optional.of("--dynamodb");
    }
    if (!table.equals(StoreSettings.POLICY_SETS)) {
      return Optional.of("--table");
    }
    if (profile != null) {
      return Optional.of("--profile");
    }
    return region == null ? Optional.empty() : Optional.of("--region");
  }

  /** Which table, in words. */
  String words() {
    return "table " + table + " at " + (dynamodb == null ? "AWS" : dynamodb);
  }

  private StoreSettings settings() throws UsageException {
    if (profile != null) {
      // The one way to tell the SDK's own chains of providers.
      System.setProperty("aws.profile", profile);
    }
    if (dynamodb != null && (dynamodb.getHost() == null || dynamodb.getScheme() == null)) {
      throw new UsageException(
          "--dynamodb is " + dynamodb + ": write an address like http://127.0.0.1:8000.");
    }
    return new StoreSettings(
        TableName.of("--table", table),
        StoreSettings.AGENTS,
        regionName(),
        dynamodb,
        Patience.OF_A_WRITER);
  }

  private String regionName() throws UsageException {
    if (region != null) {
      return region;
    }
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
    } catch (SdkException e) {
      if (dynamodb != null) {
        return "us-east-1";
      }
      throw new UsageException(
          "No AWS region is configured: name one with --region or AWS_REGION, or another DynamoDB with"
              + " --dynamodb.");
    }
  }

  private String sentence(PolicyStoreException e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof ResourceNotFoundException)) {
      cause = cause.getCause();
    }
    if (cause instanceof ResourceNotFoundException) {
      return "There is no "
          + words()
          + ". Name another with --table, --region or --profile; or create it: "
          + (dynamodb == null
              ? "the stack does when it is deployed."
              : "scripts/policy deploy --create-tables --dynamodb " + dynamodb + " …");
    }
    if (e instanceof PolicyStoreException.Unavailable && cause != e) {
      String why = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
      if (why.startsWith("Unable to load credentials")) {
        return "No AWS credentials are configured here: name a profile with --profile or log in, or name"
            + " another DynamoDB with --dynamodb.";
      }
      if (cause instanceof AwsServiceException refusal && refusal.statusCode() < 500) {
        return "DynamoDB refuses the " + words() + ": " + why;
      }
      return "The "
          + words()
          + " cannot be reached: "
          + why
          + ". Is it the right address, and is it up?";
    }
    return String.valueOf(e.getMessage());
  }
}
