package updategateway.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

final class SigV4SignerTest {
  private static final String KEY_ID = "AKIDEXAMPLE";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final Instant AT = Instant.parse("2015-08-30T12:36:00Z");
  private static final String SCOPE =
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ";

  /** That of AWS's test suite. */
  private static final String TOKEN =
      "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfI"
          + "eoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQ"
          + "DYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqB"
          + "Az+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";

  /** The vectors of AWS's Signature Version 4 test suite that are POSTs to the root. */
  @Test
  void requestsAreSignedAsInTheTestSuiteOfAws() {
    assertThat(suite(null, Map.of(), ""))
        .as("post-vanilla")
        .isEqualTo(
            SCOPE
                + "SignedHeaders=host;x-amz-date, "
                + "Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    assertThat(suite(null, Map.of("my-header1", "VALUE1"), ""))
        .as("post-header-value-case")
        .isEqualTo(
            SCOPE
                + "SignedHeaders=host;my-header1;x-amz-date, "
                + "Signature=cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d");
    assertThat(suite(TOKEN, Map.of(), ""))
        .as("post-sts-header-before")
        .isEqualTo(
            SCOPE
                + "SignedHeaders=host;x-amz-date;x-amz-security-token, "
                + "Signature=85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead");
    assertThat(
            suite(
                null, Map.of("content-type", "application/x-www-form-urlencoded"), "Param1=value1"))
        .as("post-x-www-form-urlencoded")
        .isEqualTo(
            SCOPE
                + "SignedHeaders=content-type;host;x-amz-date, "
                + "Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
  }

  private static String suite(@Nullable String token, Map<String, String> headers, String body) {
    return new SigV4Signer(new Credentials(KEY_ID, SECRET, token), "us-east-1", "service")
        .sign(
            URI.create("https://example.amazonaws.com/"),
            headers,
            body.getBytes(StandardCharsets.UTF_8),
            AT)
        .getOrDefault("authorization", "");
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void requestsAreSignedAsTheSdkSignsThem(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String secret = word(random, 1 + random.nextInt(100));
    String token = random.nextBoolean() ? null : word(random, 1 + random.nextInt(900));
    String region = random.nextBoolean() ? "eu-central-1" : "us-east-1";
    URI endpoint =
        URI.create(
            random.nextBoolean()
                ? "https://dynamodb." + region + ".amazonaws.com/"
                : "http://127.0.0.1:" + (1 + random.nextInt(65_535)) + "/");
    byte[] body = word(random, random.nextInt(2_000)).getBytes(StandardCharsets.UTF_8);
    Instant now = Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
    Map<String, String> headers =
        Map.of(
            "content-type",
            "application/x-amz-json-1.0",
            "x-amz-target",
            "DynamoDB_20120810.Query");

    SdkHttpRequest.Builder unsigned =
        SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(endpoint);
    headers.forEach(unsigned::putHeader);
    AwsCredentialsIdentity identity =
        token == null
            ? AwsCredentialsIdentity.create(KEY_ID, secret)
            : AwsSessionCredentialsIdentity.create(KEY_ID, secret, token);
    Map<String, String> theirs = new TreeMap<>();
    AwsV4HttpSigner.create()
        .sign(sign ->
            sign.identity(identity)
                .request(unsigned.build())
                .payload(ContentStreamProvider.fromByteArray(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)))
        .request()
        .forEachHeader(
            (name, values) -> theirs.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    // DynamoDB does not ask for it; the SDK's signer adds it where nobody tells it not to.
    Map<String, String> same = new TreeMap<>(headers);
    same.put("x-amz-content-sha256", theirs.getOrDefault("x-amz-content-sha256", ""));
    Map<String, String> ours =
        new SigV4Signer(new Credentials(KEY_ID, secret, token), region, "dynamodb")
            .sign(endpoint, same, body, now);
    assertThat(ours.get("authorization")).isEqualTo(theirs.get("authorization"));
    assertThat(ours.get("x-amz-date")).isEqualTo(theirs.get("x-amz-date"));
    assertThat(ours.get("x-amz-security-token")).isEqualTo(theirs.get("x-amz-security-token"));
  }

  private static String word(SplittableRandom random, int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append((char) random.nextInt('!', '~'));
    }
    return word.toString();
  }

  @Test
  void secretsAreNotPrinted() {
    assertThat(new Credentials(KEY_ID, SECRET, TOKEN).toString())
        .contains(KEY_ID)
        .doesNotContain(SECRET)
        .doesNotContain(TOKEN);
  }
}
