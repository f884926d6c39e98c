package updategateway.policystore;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import updategateway.policystore.reading.Surroundings;

/** The two ways to ask DynamoDB: what holds of one must hold of the other. */
public enum Reader {
  /** The SDK's own client. */
  SDK {
    @Override
    public DynamoDbClient client(StoreSettings settings) {
      return PolicyStore.client(settings);
    }
  },
  /** The one that a self-contained gateway starts with. */
  OWN {
    @Override
    public DynamoDbClient client(StoreSettings settings) {
      Surroundings here =
          Surroundings.in(CREDENTIALS, settings.region(), settings.endpoint()).orElseThrow();
      return PolicyStore.reader(settings, here);
    }
  };

  private static final Map<String, String> CREDENTIALS =
      Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local");

  /** A client of these tables. */
  public abstract DynamoDbClient client(StoreSettings settings);

  PolicyStore open(StoreSettings settings) {
    return new PolicyStore(client(settings), settings);
  }
}
