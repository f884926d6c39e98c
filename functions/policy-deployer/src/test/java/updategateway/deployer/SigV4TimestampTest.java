package updategateway.deployer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SigV4TimestampTest {
  @Test
  void theSignatureTells() {
    assertThat(
            SigV4Timestamp.of(
                "https://bucket.example/arn%3Aaws%7CPolicyInForce?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                    + "&X-Amz-Date=20260115T120102Z&X-Amz-Expires=7200"))
        .isEqualTo(Instant.parse("2026-01-15T12:01:02Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://bucket.example/answer",
        "https://bucket.example/answer?AWSAccessKeyId=A&Expires=1768485600&Signature=s",
        "https://bucket.example/answer?X-Amz-Date=20261315T120102Z",
        "https://bucket.example/answer?X-Amz-Date=today",
        "https://bucket.example/X-Amz-Date=20260115T120102Z",
        "https://bucket.example/answer?Not-X-Amz-Date=20260115T120102Z",
        "no address at all?X-Amz-Date=20260115T120102Z"
      })
  void nothingElseDoes(String responseUrl) {
    assertThat(SigV4Timestamp.of(responseUrl)).isNull();
  }
}
