package updategateway.policystore;

import java.time.Duration;
import java.time.InstantSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The tables, opened once for the life of a process. Safe for many threads. */
public final class PolicyStore implements AutoCloseable {
  private final DynamoDbClient client;
  private final StoreSettings settings;

  PolicyStore(DynamoDbClient client, StoreSettings settings) {
    this.client = client;
    this.settings = settings;
  }

  /** Opens the tables; nothing is sent before the first question. */
  public static PolicyStore open(StoreSettings settings) {
    return new PolicyStore(client(settings), settings);
  }

  /** A client as this room uses it, for the tools that create the tables on a tester's machine. */
  public static DynamoDbClient client(StoreSettings settings) {
    var builder =
        DynamoDbClient.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(settings.attemptTimeout())
                    .socketTimeout(settings.attemptTimeout()))
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials(settings))
            .overrideConfiguration(override ->
                override
                    .apiCallTimeout(settings.callTimeout())
                    .apiCallAttemptTimeout(settings.attemptTimeout()));
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    return builder.build();
  }

  /** Whoever names an endpoint need not have an AWS account: DynamoDB Local takes any key. */
  private static AwsCredentialsProvider credentials(StoreSettings settings) {
    AwsCredentialsProvider own = DefaultCredentialsProvider.builder().build();
    return settings.endpoint() == null
        ? own
        : AwsCredentialsProviderChain.of(
            own, StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
  }

  /** The policy sets. */
  public DynamoDbPolicySets policySets() {
    return new DynamoDbPolicySets(client, settings.policySetsTable());
  }

  /** The set in force, kept in memory and refreshed. */
  public RefreshingPolicy policyInForce(
      InstantSource clock, Duration refreshInterval, Duration maxAge, RefreshListener listener) {
    return new RefreshingPolicy(policySets(), clock, refreshInterval, maxAge, listener);
  }

  /** The agents' accounts. */
  public AgentsTable agents() {
    return new AgentsTable(client, settings.agentsTable());
  }

  @Override
  public void close() {
    client.close();
  }
}
