package updategateway.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

final class ClientEnvironmentTest {
  private static final Map<String, String> PLAIN =
      Map.of(
          "AWS_ACCESS_KEY_ID", "id",
          "AWS_SECRET_ACCESS_KEY", "secret",
          "AWS_SESSION_TOKEN", "token");

  @Test
  void theEndpointOfARegionIsThatOfTheSdk() {
    int usable = 0;
    for (Region region : Region.regions()) {
      URI endpoint =
          ClientEnvironment.detect(PLAIN, region.id(), null)
              .map(ClientEnvironment::endpoint)
              .orElse(null);
      if (endpoint != null) {
        usable++;
        assertThat(endpoint.getHost())
            .as(region.id())
            .isEqualTo(DynamoDbClient.serviceMetadata().endpointFor(region).toString());
        assertThat(endpoint.getScheme()).isEqualTo("https");
      }
    }
    assertThat(usable).isGreaterThan(25);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cn-north-1",
        "us-gov-west-1",
        "us-iso-east-1",
        "aws-global",
        "",
        "us-east",
        "us-east-1/x",
        "us-east-1.evil.example"
      })
  void otherPartitionsAreForTheSdk(String region) {
    assertThat(ClientEnvironment.detect(PLAIN, region, null)).isEmpty();
  }

  @Test
  void credentialsAreThoseOfTheEnvironment() {
    Credentials credentials =
        ClientEnvironment.detect(PLAIN, "us-east-1", null).orElseThrow().credentials();
    assertThat(credentials).isEqualTo(new Credentials("id", "secret", "token"));
    assertThat(
            ClientEnvironment.detect(with("AWS_SESSION_TOKEN", " "), "us-east-1", null)
                .orElseThrow()
                .credentials()
                .sessionToken())
        .isNull();
    assertThat(ClientEnvironment.detect(with("AWS_ACCESS_KEY_ID", null), "us-east-1", null))
        .isEmpty();
    assertThat(ClientEnvironment.detect(with("AWS_SECRET_ACCESS_KEY", ""), "us-east-1", null))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_DYNAMODB",
        "AWS_USE_DUALSTACK_ENDPOINT",
        "AWS_USE_FIPS_ENDPOINT"
      })
  void whatAsksForSomethingSpecialIsForTheSdk(String name) {
    assertThat(ClientEnvironment.detect(with(name, "x"), "us-east-1", null)).isEmpty();
  }

  @Test
  void anotherEndpointIsTakenAtItsRootAlone() {
    assertThat(endpoint("http://127.0.0.1:8000")).isEqualTo(URI.create("http://127.0.0.1:8000/"));
    assertThat(endpoint("https://ddb.example/")).isEqualTo(URI.create("https://ddb.example/"));
    assertThat(endpoint("http://127.0.0.1:8000/path")).isNull();
    assertThat(endpoint("http://127.0.0.1:8000?query")).isNull();
    assertThat(endpoint("ftp://127.0.0.1/")).isNull();
    assertThat(endpoint("http:/nowhere")).isNull();
  }

  private static @Nullable URI endpoint(String endpoint) {
    return ClientEnvironment.detect(PLAIN, "us-east-1", URI.create(endpoint))
        .map(ClientEnvironment::endpoint)
        .orElse(null);
  }

  private static Map<String, String> with(String name, @Nullable String value) {
    Map<String, String> environment = new HashMap<>(PLAIN);
    if (value == null) {
      environment.remove(name);
    } else {
      environment.put(name, value);
    }
    return environment;
  }
}
