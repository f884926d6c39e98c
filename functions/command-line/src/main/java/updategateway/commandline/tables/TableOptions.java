package updategateway.commandline.tables;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import updategateway.commandline.UsageException;
import updategateway.commandline.aws.AwsOptions;
import updategateway.commandline.aws.StackInfo;

/**
 * Which table is meant, of which DynamoDB; one set of rules for every command. What is said counts
 * before the environment, in the gateway's own variables, and that before what is usual.
 */
public abstract class TableOptions {
  private static final String ENDPOINT = "DYNAMODB_ENDPOINT";

  private final KnownTable table;

  @Option(
      names = "--stack",
      paramLabel = "NAME",
      description = "the stack whose table is meant: its outputs name the table")
  private @Nullable String stack;

  @Option(
      names = "--dynamodb",
      paramLabel = "URL",
      description =
          "any DynamoDB endpoint, such as the one that scripts/run names (default: DYNAMODB_ENDPOINT, or AWS's own)")
  private @Nullable String dynamodb;

  @Mixin private AwsOptions aws = new AwsOptions();

  protected TableOptions(KnownTable table) {
    this.table = table;
  }

  /** What --table says; null when it was not given. */
  protected abstract @Nullable String tableOption();

  /** The stack's name, when it was given. */
  public final Optional<String> stack() {
    return Optional.ofNullable(stack);
  }

  /** The first option that names a table; empty where none does. */
  public final Optional<String> named() {
    if (dynamodb != null) {
      return Optional.of("--dynamodb");
    }
    if (tableOption() != null) {
      return Optional.of("--table");
    }
    return stack == null ? aws.named() : Optional.of("--stack");
  }

  /** Whether an option or the environment names a table or where it is. */
  public final boolean isChosen() {
    return named().isPresent()
        || environment(ENDPOINT) != null
        || environment(table.variable()) != null;
  }

  /**
   * The table that is meant.
   *
   * @throws UsageException when nobody can tell, or it is none
   */
  protected final TableConnection choose() throws UsageException {
    String option = tableOption();
    if (stack != null) {
      if (option != null) {
        throw new UsageException(
            "--stack names a table, and --table another: leave one of the two out.");
      }
      return chosen("the output " + table.output(), ofStack());
    }
    if (option != null) {
      return chosen("--table", option);
    }
    String set = environment(table.variable());
    return set == null ? chosen("", table.usual()) : chosen(table.variable(), set);
  }

  /** The table of this name, wherever the other options say. */
  protected final TableConnection chosen(String source, String name) throws UsageException {
    URI endpoint = endpoint();
    String checked = TableName.of(source, name);
    // Before the region, which may be the profile's to say.
    @Nullable AwsCredentialsProvider credentials = aws.credentials();
    String region = endpoint == null ? aws.region() : aws.anyRegion();
    return new TableConnection(table, checked, region, endpoint, credentials);
  }

  /**
   * What the stack is now; empty when there is none of this name.
   *
   * @throws UsageException when no stack was named, or CloudFormation does not say
   */
  public final Optional<StackInfo> stackNow() throws UsageException {
    if (stack == null) {
      throw new UsageException("--stack is missing: name the stack.");
    }
    StackInfo.requireName(stack);
    @Nullable AwsCredentialsProvider credentials = aws.credentials();
    return StackInfo.find(stack, aws.region(), credentials);
  }

  private String ofStack() throws UsageException {
    StackInfo now = stackNow().orElse(null);
    if (now == null) {
      throw new UsageException(
          "There is no stack "
              + stack
              + " in "
              + aws.region()
              + ": name another with --stack, --region or --profile.");
    }
    String name = now.outputs().get(table.output());
    if (name == null) {
      throw new UsageException(
          "The stack "
              + stack
              + " has no output "
              + table.output()
              + ": it was never deployed to its end, or is one of another template. Name the table itself"
              + " with --table.");
    }
    return name;
  }

  private @Nullable URI endpoint() throws UsageException {
    String source = dynamodb == null ? ENDPOINT : "--dynamodb";
    String address = dynamodb == null ? environment(ENDPOINT) : dynamodb;
    if (address == null) {
      return null;
    }
    try {
      URI endpoint = URI.create(address);
      if (endpoint.getHost() != null && endpoint.getScheme() != null) {
        return endpoint;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new UsageException(
        source
            + " is "
            + (address.isEmpty() ? "empty" : address)
            + ": write an address like http://127.0.0.1:8000.");
  }

  /** An empty one is none, as for the gateway. */
  private static @Nullable String environment(String variable) {
    String set = System.getenv(variable);
    return set == null || set.isEmpty() ? null : set;
  }
}
