package updategateway.gateway.decisionlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressAnonymizerTest {
  @ParameterizedTest(name = "{0} is kept as {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        "203.0.113.77,        203.0.113.0/24",
        "10.1.2.3,            10.1.2.0/24",
        "2001:db8:1:2:3::4,   2001:db8:1::/48",
        "::1,                 0:0:0::/48",
        "::ffff:203.0.113.77, 203.0.113.0/24",
        "010.0.0.1,           -",
        "134744072,           -",
        "1.2.3,               -",
        "256.1.1.1,           -",
        "fe80::1%eth0,        -",
        "localhost,           -",
        "'',                  -",
        "-,                   -",
      })
  void onlyTheNetworkIsKept(String address, String kept) {
    assertThat(AddressAnonymizer.anonymize(address)).isEqualTo(kept);
  }
}
