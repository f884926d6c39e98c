package updategateway.dynamodb;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.ItemReader;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.dynamodb.Timeouts;

/**
 * DynamoDB client with GetItem and Query only. It sends the same requests as the SDK's client and
 * fails with the same exceptions, but needs none of the SDK's endpoint rules, interceptors and
 * marshallers, which make the SDK's first request slow. It does not correct a wrong clock. Safe for
 * many threads.
 */
public final class DynamoDbReadClient implements ItemReader {
  private static final String TARGET = "DynamoDB_20120810.";

  private final URI endpoint;
  private final SigV4Signer signature;
  private final Duration attempt;
  private final Duration call;
  private final Supplier<RetryStrategy> retries;
  private final InstantSource clock;

  /** Needed only when an attempt fails; made with the first that does. */
  private volatile @Nullable RetryStrategy strategy;

  /**
   * Returns a client of the tables; empty if the environment needs the SDK's client, for example
   * for credentials that are not in environment variables.
   */
  public static Optional<ItemReader> detect(
      StoreSettings settings, Map<String, String> environment) {
    Timeouts timeouts = settings.timeouts();
    return ClientEnvironment.detect(environment, settings.region(), settings.endpoint())
        .map(found ->
            new DynamoDbReadClient(
                found,
                settings.region(),
                timeouts.attempt(),
                timeouts.call(),
                () -> PolicyStore.retries(timeouts)));
  }

  /**
   * @param region AWS region, such as {@code us-east-1}
   * @param attempt how long one attempt may take
   * @param call how long all may take together, with the pauses between them
   * @param retries which failures are tried again, how often and when
   */
  DynamoDbReadClient(
      ClientEnvironment surroundings,
      String region,
      Duration attempt,
      Duration call,
      Supplier<RetryStrategy> retries) {
    this.endpoint = surroundings.endpoint();
    this.signature = new SigV4Signer(surroundings.credentials(), region, "dynamodb");
    this.attempt = attempt;
    this.call = call;
    this.retries = retries;
    this.clock = InstantSource.system();
  }

  @Override
  public void close() {
    // Connections that are kept belong to the process.
  }

  @Override
  public GetItemResult item(GetItem question) {
    return call("GetItem", RequestJson.of(question), ResponseJson::item);
  }

  @Override
  public QueryResult page(Query question) {
    return call("Query", RequestJson.of(question), ResponseJson::page);
  }

  private <T> T call(String operation, byte[] body, AttributeJson.Reading<T> reading) {
    long begun = System.nanoTime();
    RetryToken token = null;
    while (true) {
      try {
        T answer = attempt(operation, body, begun, reading);
        if (token != null) {
          strategy().recordSuccess(RecordSuccessRequest.create(token));
        }
        return answer;
      } catch (SdkException e) {
        token = pause(token, e, begun);
      }
    }
  }

  private <T> T attempt(
      String operation, byte[] body, long begun, AttributeJson.Reading<T> reading) {
    Duration left = left(begun);
    Duration within = left.compareTo(attempt) < 0 ? left : attempt;
    if (!within.isPositive()) {
      throw ApiCallTimeoutException.create(call.toMillis());
    }
    Map<String, String> headers =
        signature.sign(
            endpoint,
            Map.of(
                "content-type", "application/x-amz-json-1.0", "x-amz-target", TARGET + operation),
            body,
            clock.instant());
    try {
      HttpCall.Answer answer = HttpCall.post(endpoint, headers, body, within);
      // DynamoDB has no other success; a part of an answer (206) is none at all.
      if (answer.status() != HttpURLConnection.HTTP_OK) {
        throw ResponseJson.refusal(answer);
      }
      return ResponseJson.read(answer.body(), reading);
    } catch (SocketTimeoutException e) {
      throw left(begun).isPositive()
          ? ApiCallAttemptTimeoutException.create(attempt.toMillis())
          : ApiCallTimeoutException.create(call.toMillis());
    } catch (IOException e) {
      throw SdkClientException.create("could not ask DynamoDB: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted", e);
    }
  }

  private Duration left(long begun) {
    return call.minusNanos(System.nanoTime() - begun);
  }

  /**
   * Waits until the next attempt.
   *
   * @throws SdkException what failed, when there is to be none
   */
  private RetryToken pause(@Nullable RetryToken token, SdkException failed, long begun) {
    RefreshRetryTokenResponse next;
    try {
      RetryToken now =
          token == null
              ? strategy().acquireInitialToken(AcquireInitialTokenRequest.create("read")).token()
              : token;
      next =
          strategy()
              .refreshRetryToken(
                  RefreshRetryTokenRequest.builder()
                      .token(now)
                      .failure(failed)
                      .suggestedDelay(Duration.ZERO)
                      .build());
    } catch (TokenAcquisitionFailedException e) {
      throw failed;
    }
    if (left(begun).compareTo(next.delay()) <= 0) {
      throw failed;
    }
    try {
      Thread.sleep(next.delay());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted", e);
    }
    return next.token();
  }

  private RetryStrategy strategy() {
    RetryStrategy known = strategy;
    if (known == null) {
      synchronized (this) {
        known = Optional.ofNullable(strategy).orElseGet(retries);
        strategy = known;
      }
    }
    return Objects.requireNonNull(known);
  }
}
