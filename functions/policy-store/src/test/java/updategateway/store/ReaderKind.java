package updategateway.store;

import java.util.Map;
import updategateway.store.dynamodb.ItemReader;
import updategateway.store.dynamodb.SdkItemReader;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.reading.ClientEnvironment;

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
      ClientEnvironment here =
          ClientEnvironment.in(CREDENTIALS, settings.region(), settings.endpoint()).orElseThrow();
      return PolicyStore.reader(settings, here);
    }
  };

  private static final Map<String, String> CREDENTIALS =
      Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local");

  /** It, asking these tables. */
  public abstract ItemReader items(StoreSettings settings);

  PolicyStore open(StoreSettings settings) {
    return new PolicyStore(items(settings), settings);
  }
}
