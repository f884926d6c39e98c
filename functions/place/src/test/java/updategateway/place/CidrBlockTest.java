package updategateway.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CidrBlockTest {
  @Test
  void firstAddressNotInOthers() {
    assertThat(lowest("198.41.0.0/24", "198.41.0.0/25", "198.41.0.128/32", "198.40.0.0/16"))
        .contains("198.41.0.129");
    assertThat(lowest("198.41.0.0/24", "198.41.0.128/25")).contains("198.41.0.0");
    assertThat(lowest("198.41.0.0/24", "198.41.0.128/25", "198.41.0.0/25")).isEmpty();
    assertThat(lowest("255.255.255.0/24", "255.255.255.0/25", "255.255.255.128/25")).isEmpty();
    assertThat(lowest("2600::/24", "2600::/32", "198.41.0.0/24")).contains("2600:1::");
  }

  private static Optional<String> lowest(String block, String... others) {
    return CidrBlock.parse(block)
        .firstNotIn(Stream.of(others).map(CidrBlock::parse).toList())
        .map(IpAddress::toString);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "198.41.0.0/24, 198.41.0.0/24",
    "0.0.0.0/0, 0.0.0.0/0",
    "255.255.255.255/32, 255.255.255.255/32",
    "198.41.7.64/26, 198.41.7.64/26",
    "128.0.0.0/1, 128.0.0.0/1",
    "2600:1F00::/24, 2600:1f00::/24",
    "2600:0:0:0:0:0:0:0/24, 2600::/24",
    "2600:0:0:1:0:0:0:1/128, 2600:0:0:1::1/128",
    "2600:0:0:1:0:0:1:1/128, 2600::1:0:0:1:1/128",
    "2600:0:1:1:1:1:1:1/128, 2600:0:1:1:1:1:1:1/128",
    "::/0, ::/0",
    "::1/128, ::1/128",
    "1::/16, 1::/16"
  })
  void parseAndToStringUseOneNotation(String text, String canonical) {
    assertThat(CidrBlock.parse(text)).hasToString(canonical);
    assertThat(CidrBlock.parse(canonical)).isEqualTo(CidrBlock.parse(text));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          198.41.0.7/24        | write 198.41.0.0/24 for the whole range, or 198.41.0.7/32 for the one
          198.41.0.7           | write 198.41.0.7/32 for the one address
          2600::1              | write 2600::1/128 for the one address
          2600::1/24           | write 2600::/24 for the whole range, or 2600::1/128
          198.41.0.0/33        | from 0 to 32
          198.41.0.0/          | from 0 to 32
          198.41.0.0/024       | from 0 to 32
          198.41.0.0/-1        | from 0 to 32
          198.41.0.0/+8        | from 0 to 32
          198.41.0.0/24/24     | from 0 to 32
          198.41.0.0/٢٤        | from 0 to 32
          '198.41.0.0/24 '      | from 0 to 32
          2600::/129           | from 0 to 128
          """)
  void errorsNameTheCorrectNotation(String text, String remedy) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CidrBlock.parse(text))
        .withMessageContaining(remedy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/24",
        "198.41.0/24",
        "198.41/16",
        "198/8",
        "3324575744/24",
        "0xc6.0x29.0.0/24",
        "198.041.0.0/24",
        "198.41.0.256/32",
        " 198.41.0.0/24",
        "198.41.0.0 /24",
        "198.41.0.0%eth0/24",
        "fe80::1%eth0/64",
        "[2600::]/24",
        "::ffff:198.41.0.0/120",
        "::198.41.0.0/120",
        "::ffff:c629:0/120",
        "2600:::/24",
        "2600::1::/24",
        "26000::/24",
        "localhost/24",
        "vendor.example/24",
        "１９８.41.0.0/24"
      })
  void otherNotationsAreRejected(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CidrBlock.parse(text))
        .withMessageContaining("write it like");
  }

  @Property(tries = 5_000, shrinking = ShrinkingMode.OFF)
  void containsComparesThePrefix(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] one = new byte[random.nextBoolean() ? 4 : 16];
    random.nextBytes(one);
    byte[] other = one.clone();
    other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
    int bits = one.length * 8;
    int length = random.nextInt(bits + 1);
    CidrBlock block = CidrBlock.of(address(one), length);
    boolean same =
        new BigInteger(1, one)
            .shiftRight(bits - length)
            .equals(new BigInteger(1, other).shiftRight(bits - length));
    assertThat(block.contains(address(one))).isTrue();
    assertThat(block.contains(address(other))).isEqualTo(same);
    assertThat(
            block.contains(IpAddress.parse(one.length == 4 ? "2600::" : "8.8.8.8").orElseThrow()))
        .isEqualTo(false);
    int longer = random.nextInt(length, bits + 1);
    assertThat(block.contains(CidrBlock.of(address(one), longer))).isTrue();
    assertThat(CidrBlock.of(address(one), longer).contains(block)).isEqualTo(longer == length);
    assertThat(CidrBlock.parse(block.toString())).isEqualTo(block);
  }

  private static IpAddress address(byte[] bytes) {
    return IpAddress.of(bytes).orElseThrow();
  }
}
