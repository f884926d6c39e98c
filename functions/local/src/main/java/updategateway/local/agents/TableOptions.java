package updategateway.local.agents;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import updategateway.policystore.Patience;
import updategateway.policystore.PolicyStore;
import updategateway.policystore.StoreSettings;

/** Which table, of which DynamoDB. */
final class TableOptions {
  @Option(
      names = "--dynamodb",
      paramLabel = "URL",
      description =
          "any DynamoDB endpoint, such as the one that scripts/run names (default: DYNAMODB_ENDPOINT, or AWS's own)")
  private @Nullable URI dynamodb;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "the table of accounts (default: AGENTS_TABLE, or Agents)")
  private @Nullable String table;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "AWS region (default: AWS_REGION, or us-east-1)")
  private @Nullable String region;

  @Option(names = "--json", description = "print a JSON document")
  private boolean json;

  boolean json() {
    return json;
  }

  StoreSettings settings() {
    String endpoint = or(dynamodb == null ? null : dynamodb.toString(), "DYNAMODB_ENDPOINT", "");
    return new StoreSettings(
        StoreSettings.POLICY_SETS,
        or(table, "AGENTS_TABLE", StoreSettings.AGENTS),
        or(region, "AWS_REGION", "us-east-1"),
        endpoint.isEmpty() ? null : URI.create(endpoint),
        Patience.OF_A_WRITER);
  }

  PolicyStore open() {
    return PolicyStore.open(settings());
  }

  private static String or(@Nullable String said, String variable, String otherwise) {
    if (said != null) {
      return said;
    }
    String set = System.getenv(variable);
    return set == null || set.isEmpty() ? otherwise : set;
  }
}
