package updategateway.commandline.tables;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import updategateway.commandline.UsageException;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.dynamodb.Timeouts;

/**
 * The table that is meant, and how it is reached.
 *
 * @param table which of the template's
 * @param name its own name
 * @param region of AWS
 * @param endpoint another DynamoDB than AWS's own; null for that
 * @param credentials of a profile that was named; null for the environment's
 */
public record TableConnection(
    KnownTable table,
    String name,
    String region,
    @Nullable URI endpoint,
    @Nullable AwsCredentialsProvider credentials) {
  /** Where it is, for the store. */
  public StoreSettings settings() {
    return new StoreSettings(
        table == KnownTable.POLICY_SETS ? name : StoreSettings.POLICY_SETS,
        table == KnownTable.AGENTS ? name : StoreSettings.AGENTS,
        region,
        endpoint,
        Timeouts.WRITE);
  }

  /** Opens it; nothing is sent before the first question. */
  public PolicyStore open() {
    return credentials == null
        ? PolicyStore.open(settings())
        : PolicyStore.open(settings(), credentials);
  }

  DynamoDbClient client() {
    return credentials == null
        ? PolicyStore.client(settings())
        : PolicyStore.client(settings(), credentials);
  }

  /** Which table, in words. */
  public String words() {
    return "table " + name + " at " + (endpoint == null ? "AWS" : endpoint);
  }

  /** Why the table cannot be had, and what to do about it. */
  public UsageException without(PolicyStoreException e) {
    return new UsageException(sentence(e));
  }

  private String sentence(PolicyStoreException e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof ResourceNotFoundException)) {
      cause = cause.getCause();
    }
    if (cause instanceof ResourceNotFoundException) {
      return "There is no "
          + words()
          + (endpoint == null ? " in " + region : "")
          + ". Name the stack with --stack, which knows its table, or another with --table, --region or"
          + " --profile; or create it: "
          + (endpoint == null
              ? "the stack does when it is deployed."
              : "scripts/policy deploy --create-tables --dynamodb " + endpoint + " …");
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
