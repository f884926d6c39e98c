package updategateway.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import updategateway.store.agents.AgentCacheSettings;
import updategateway.store.agents.AgentRepository;
import updategateway.store.agents.CachingAgentRegistry;
import updategateway.store.dynamodb.IgnoreRetryAfterInterceptor;
import updategateway.store.dynamodb.ItemReader;
import updategateway.store.dynamodb.SdkItemReader;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.dynamodb.Timeouts;
import updategateway.store.history.PolicySetRepository;
import updategateway.store.refresh.PolicyRefresher;
import updategateway.store.refresh.RefreshListener;

/** The tables, opened once for the life of a process. Safe for many threads. */
public final class PolicyStore implements AutoCloseable {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(25);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE_OF_LOOK_UPS = Duration.ofSeconds(30);

  private final ItemReader reader;
  private final @Nullable DynamoDbClient writer;
  private final StoreSettings settings;

  private PolicyStore(DynamoDbClient client, StoreSettings settings) {
    this(new SdkItemReader(client), client, settings);
  }

  private PolicyStore(ItemReader reader, @Nullable DynamoDbClient writer, StoreSettings settings) {
    this.reader = reader;
    this.writer = writer;
    this.settings = settings;
  }

  /** Opens the tables; nothing is sent before the first question. */
  public static PolicyStore open(StoreSettings settings) {
    return new PolicyStore(client(settings), settings);
  }

  /**
   * Opens the tables for a process that only reads them; what would change something throws an
   * {@link UnsupportedOperationException}.
   */
  public static PolicyStore openReadOnly(StoreSettings settings) {
    return openReadOnly(settings, new SdkItemReader(client(settings)));
  }

  /**
   * Opens the tables for a process that only reads them, through another client than the SDK's.
   *
   * @param reader closed with the store
   */
  public static PolicyStore openReadOnly(StoreSettings settings, ItemReader reader) {
    return new PolicyStore(reader, null, settings);
  }

  /** Opens the tables with the given credentials and no others. */
  public static PolicyStore open(StoreSettings settings, AwsCredentialsProvider credentials) {
    return new PolicyStore(client(settings, credentials), settings);
  }

  /** Returns a client of the tables. */
  public static DynamoDbClient client(StoreSettings settings) {
    return client(settings, credentials(settings));
  }

  /** Returns a client of the tables with the given credentials and no others. */
  public static DynamoDbClient client(StoreSettings settings, AwsCredentialsProvider credentials) {
    Timeouts timeouts = settings.timeouts();
    var builder =
        DynamoDbClient.builder()
            .httpClient(UrlConnectionHttpClient.create(address -> connection(address, timeouts)))
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials)
            .overrideConfiguration(override ->
                override
                    .apiCallTimeout(timeouts.call())
                    .apiCallAttemptTimeout(timeouts.attempt())
                    .addExecutionInterceptor(new IgnoreRetryAfterInterceptor())
                    .retryStrategy(retries(timeouts)));
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    return builder.build();
  }

  /**
   * As the SDK would open it. The SDK's own way reads all the certificates that Java trusts before
   * it knows whether any will be needed, which is most of a start; this way Java reads them with
   * the first connection over TLS.
   */
  private static HttpURLConnection connection(URI address, Timeouts timeouts) {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout(Math.toIntExact(timeouts.attempt().toMillis()));
      connection.setReadTimeout(Math.toIntExact(timeouts.attempt().toMillis()));
      connection.setInstanceFollowRedirects(false);
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the retries of every client of the tables. The SDK's own for DynamoDB make nine
   * attempts, with pauses of a second when throttled.
   */
  public static RetryStrategy retries(Timeouts timeouts) {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(timeouts.attempts())
        .backoffStrategy(BackoffStrategy.exponentialDelay(SHORTEST_PAUSE, LONGEST_PAUSE))
        .throttlingBackoffStrategy(
            BackoffStrategy.exponentialDelay(SHORTEST_PAUSE.multipliedBy(4), LONGEST_PAUSE))
        .build();
  }

  /** Whoever names an endpoint need not have an AWS account: DynamoDB Local takes any key. */
  private static AwsCredentialsProvider credentials(StoreSettings settings) {
    // Lambda's own are in the environment, but for a snapshot's; the chain looks into files as
    // well.
    AwsCredentialsProvider own =
        SdkSystemSetting.AWS_ACCESS_KEY_ID.getStringValue().isPresent()
            ? EnvironmentVariableCredentialsProvider.create()
            : DefaultCredentialsProvider.builder().build();
    return settings.endpoint() == null
        ? own
        : AwsCredentialsProviderChain.of(
            own, StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
  }

  /** The policy sets. */
  public PolicySetRepository policySets() {
    return new PolicySetRepository(reader, writer, settings.policySetsTable());
  }

  /** The set in force, kept in memory and refreshed. */
  public PolicyRefresher policyInForce(
      InstantSource clock, Duration refreshInterval, Duration maxAge, RefreshListener listener) {
    return new PolicyRefresher(
        policySets(), clock, refreshInterval, maxAge, settings.timeouts(), listener);
  }

  /** The agents' accounts, kept for as long as is usual. */
  public CachingAgentRegistry agents(InstantSource clock) {
    return agents(AgentCacheSettings.DEFAULT, LONGEST_PAUSE_OF_LOOK_UPS, clock);
  }

  /**
   * The agents' accounts, kept for a while.
   *
   * @param interval how long at most a recovery of the table may go unnoticed; half a minute at
   *     most, whatever it is
   */
  public CachingAgentRegistry agents(
      AgentCacheSettings cache, Duration interval, InstantSource clock) {
    return new CachingAgentRegistry(
        reader,
        settings.agentsTable(),
        settings.timeouts().halfBudget(),
        interval.compareTo(LONGEST_PAUSE_OF_LOOK_UPS) < 0 ? interval : LONGEST_PAUSE_OF_LOOK_UPS,
        cache,
        clock);
  }

  /**
   * The agents' accounts, to be changed.
   *
   * @throws UnsupportedOperationException when the tables were opened to be read only
   */
  public AgentRepository accounts() {
    if (writer == null) {
      throw new UnsupportedOperationException("the tables were opened to be read only");
    }
    return new AgentRepository(writer, settings.agentsTable());
  }

  @Override
  public void close() {
    reader.close();
  }
}
