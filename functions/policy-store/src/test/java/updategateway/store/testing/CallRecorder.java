package updategateway.store.testing;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import updategateway.store.dynamodb.StoreSettings;

/**
 * A client that counts what is sent to DynamoDB, and can break off before the n-th call, as a
 * process that is killed does.
 */
public final class CallRecorder implements ExecutionInterceptor {
  private final List<String> made = new CopyOnWriteArrayList<>();
  private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

  public DynamoDbClient client(StoreSettings settings) {
    URI endpoint = settings.endpoint();
    return DynamoDbClient.builder()
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .region(Region.of(settings.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .endpointOverride(endpoint)
        .overrideConfiguration(override -> override.addExecutionInterceptor(this))
        .build();
  }

  /** What was sent: names of SDK requests. */
  public List<String> made() {
    return made;
  }

  /** From now on only so many calls get through. */
  public void breakAfter(int calls) {
    left.set(calls);
  }

  public void mend() {
    left.set(Integer.MAX_VALUE);
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    if (left.getAndDecrement() <= 0) {
      left.set(0);
      throw SdkClientException.create("broken off by the test");
    }
    made.add(context.request().getClass().getSimpleName());
  }
}
