package updategateway.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EdgeAuthenticationTest {
  private static final EdgeAuthentication SECRET =
      new EdgeAuthentication.SharedSecret(List.of("the-old-secret-value", "the-new-secret-value"));

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "the-old-secret-value,   true",
        "the-new-secret-value,   true",
        "the-new-secret-valu,    false",
        "the-new-secret-value1,  false",
        "THE-NEW-SECRET-VALUE,   false",
        "'',                     false",
        "'the-old-secret-value,the-new-secret-value', false",
        "-,                      false",
      })
  void aSecretHoldsWhenItIsALiveOne(String given, boolean holds) {
    assertThat(SECRET.verify(false, given)).isEqualTo(holds);
    assertThat(SECRET.verify(true, given)).isEqualTo(holds);
  }

  @Test
  void aSignatureIsTheOnlyProofOfASignedRequest() {
    assertThat(new EdgeAuthentication.SignedRequest().verify(true, null)).isTrue();
    assertThat(new EdgeAuthentication.SignedRequest().verify(false, "the-old-secret-value"))
        .isFalse();
  }

  @Test
  void weakSecretsAreRefusedAndNoneIsPrinted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EdgeAuthentication.SharedSecret(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EdgeAuthentication.SharedSecret(List.of("short")));
    assertThat(SECRET.toString()).doesNotContain("secret-value").contains("activeSecrets");
  }

  @Test
  void theBoundsOfASecretAreExact() {
    String shortest = "!".repeat(8) + "~".repeat(8);
    assertThat(
            new EdgeAuthentication.SharedSecret(List.of(shortest, shortest + "x")).activeSecrets())
        .hasSize(2);
    for (String bad : List.of(shortest.substring(1), shortest + " ", shortest + "\u007f")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new EdgeAuthentication.SharedSecret(List.of(bad)));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new EdgeAuthentication.SharedSecret(List.of(shortest, shortest, shortest)));
  }
}
