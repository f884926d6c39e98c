package updategateway.dynamodb;

import java.util.Map;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.ItemReader;
import updategateway.store.dynamodb.SdkItemReader;
import updategateway.store.dynamodb.StoreSettings;

/** The two ways to ask DynamoDB: what holds of one must hold of the other. */
public enum ReaderKind {
  /** The SDK's own client. */
  SDK {
    @Override
    public ItemReader items(StoreSettings settings) {
      return new SdkItemReader(PolicyStore.client(settings));
    }
  },
  /** The one that a self-contained gateway starts with. */
  OWN {
    @Override
    public ItemReader items(StoreSettings settings) {
      return DynamoDbReadClient.detect(settings, CREDENTIALS).orElseThrow();
    }
  };

  private static final Map<String, String> CREDENTIALS =
      Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local");

  /** It, asking these tables. */
  public abstract ItemReader items(StoreSettings settings);

  PolicyStore open(StoreSettings settings) {
    return PolicyStore.openReadOnly(settings, items(settings));
  }
}
