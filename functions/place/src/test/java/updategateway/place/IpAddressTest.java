package updategateway.place;

import static org.assertj.core.api.Assertions.assertThat;

import inet.ipaddr.AddressStringParameters;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IpAddressTest {
  /** No space, which the other implementation cuts off. */
  private static final String CHARACTERS = "0123456789abcdefABCDEFg:.:.%/[]-x";

  /** Another implementation, told to be as strict as the RFCs. */
  private static final IPAddressStringParameters STRICT = strict();

  private static IPAddressStringParameters strict() {
    IPAddressStringParameters.Builder builder =
        new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowPrefix(false)
            .allowMask(false)
            .allowWildcardedSeparator(false)
            .allow_inet_aton(false)
            .setRangeOptions(AddressStringParameters.RangeParameters.NO_RANGE);
    builder
        .getIPv4AddressParametersBuilder()
        .allowBinary(false)
        .allowLeadingZeros(false)
        .allowUnlimitedLeadingZeros(false);
    builder
        .getIPv6AddressParametersBuilder()
        .allowZone(false)
        .allowBase85(false)
        .allowBinary(false)
        .allowMixed(true)
        .allow_mixed_inet_aton(false)
        .allowUnlimitedLeadingZeros(false)
        .getEmbeddedIPv4AddressParametersBuilder()
        .allowBinary(false)
        .allowLeadingZeros(false)
        .allowUnlimitedLeadingZeros(false);
    return builder.toParams();
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "0.0.0.0,                                0.0.0.0",
    "8.8.8.8,                                8.8.8.8",
    "255.255.255.255,                        255.255.255.255",
    "::,                                     ::",
    "::1,                                    ::1",
    "1::,                                    1::",
    "2001:db8::7,                            2001:db8::7",
    "2001:DB8:0:0:0:0:0:7,                   2001:db8::7",
    "2001:0db8:0000:0000:0000:0000:0000:0007, 2001:db8::7",
    "1:0:0:2:0:0:0:3,                        1:0:0:2::3",
    "1:0:2:3:4:5:6:7,                        1:0:2:3:4:5:6:7",
    "1:2:3:4:5:6:7::,                        1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8,                        0:2:3:4:5:6:7:8",
    "::ffff:8.8.8.8,                         ::ffff:8.8.8.8",
    "::FFFF:808:808,                         ::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8,                       64:ff9b::808:808",
    "1:2:3:4:5:6:1.2.3.4,                    1:2:3:4:5:6:102:304",
    "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  })
  void anAddressHasOneText(String text, String canonical) {
    assertThat(IpAddress.parse(text).map(IpAddress::toString)).contains(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "134744072",
        "0x08080808",
        "8.8",
        "8.8.8",
        "8.8.8.8.8",
        "8.8.8.8.",
        ".8.8.8.8",
        "8..8.8",
        "08.8.8.8",
        "010.0.0.1",
        "8.8.8.08",
        "8.8.8.256",
        "8.8.8.1000",
        "8.8.8.-1",
        "8.8.8.+1",
        "8.8.8.8 ",
        " 8.8.8.8",
        "8.8.8.8\n",
        "8.8.8.8/32",
        "8.8.8.8%eth0",
        "8.8.8.8:443",
        "0x8.8.8.8",
        "8.8.8.8\u0000",
        "\u0668.8.8.8",
        "８.8.8.8",
        "localhost",
        "example.com",
        ":",
        ":::",
        ":1",
        "1:",
        "1:2",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "1::2::3",
        "1:::2",
        "12345::",
        "g::",
        "::1%lo",
        "fe80::1%eth0",
        "[::1]",
        "::1/128",
        "1:2:3:4:5:6:7:1.2.3.4",
        "1:2:3:4:5:6:7:8:1.2.3.4",
        "1.2.3.4::",
        "::1.2.3.4:5",
        "::1.2.3",
        "::01.2.3.4",
        "::1.2.3.256",
        "::1.2.3.4.5",
        "::ffff:1.2.3.4 ",
        "::\uff11",
        "0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0",
      })
  void whatIsNoAddressIsNone(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }

  @ParameterizedTest(name = "{0} carries {1}")
  @CsvSource({
    "8.8.8.8,            8.8.8.8",
    "::ffff:8.8.8.8,     8.8.8.8",
    "64:ff9b::8.8.8.8,   8.8.8.8",
    "64:ff9b:0:0:0:0:808:808, 8.8.8.8",
    "2002:808:808::,     8.8.8.8",
    "2002:808:808:1::7,  8.8.8.8",
    "2002:c000:201::,    192.0.2.1",
    // Not the well-known prefix, not mapped, not 6to4.
    "64:ff9b:1::8.8.8.8, 64:ff9b:1::808:808",
    "64:ff9b::1:808:808, 64:ff9b::1:808:808",
    "::8.8.8.8,          ::808:808",
    "::ffff:0:808:808,   ::ffff:0:808:808",
    "1::ffff:8.8.8.8,    1::ffff:808:808",
    "2003:808:808::,     2003:808:808::",
    "2001:0:808:808::,   2001:0:808:808::",
  })
  void whatAnAddressCarriesIsReadThrough(String outer, String inner) {
    assertThat(parsed(outer).embeddedIpv4OrSelf()).hasToString(inner);
  }

  @Property(tries = 20_000)
  void anotherImplementationReadsTheSame(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String text = someText(random);
    Optional<IpAddress> ours = IpAddress.parse(text);
    inet.ipaddr.IPAddress theirs = new IPAddressString(text, STRICT).getAddress();
    assertThat(ours.map(IpAddress::bytes).map(Arrays::toString).orElse("none"))
        .as(text)
        .isEqualTo(theirs == null ? "none" : Arrays.toString(theirs.getBytes()));
    ours.ifPresent(address -> {
      assertThat(IpAddress.parse(address.toString())).contains(address);
      // The library has no mixed notation for mapped addresses.
      if (theirs != null && address.ipv6() && !address.toString().startsWith("::ffff:")) {
        assertThat(address).hasToString(theirs.toCanonicalString());
      }
    });
  }

  @Property(tries = 5_000)
  void bytesAreTheSameToTheJdk(@ForAll long high, @ForAll long low) throws Exception {
    for (IpAddress address :
        List.of(new IpAddress(true, high, low), IpAddress.ipv4(low & 0xffff_ffffL))) {
      assertThat(InetAddress.getByAddress(address.bytes()).getAddress())
          .isEqualTo(address.inetAddress().getAddress());
      assertThat(address.bytes()).hasSize(address.bits() / 8);
      assertThat(InetAddress.ofLiteral(address.toString())).isEqualTo(address.inetAddress());
    }
  }

  /** Addresses in their notations, most of them with a character too many, too few or another. */
  private static String someText(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    switch (random.nextInt(4)) {
      case 0 -> ipv4(random, text);
      case 1 -> {
        groups(random, 8, text);
      }
      case 2 -> {
        int before = random.nextInt(8);
        groups(random, before, text);
        text.append("::");
        groups(random, random.nextInt(9 - before), text);
      }
      default -> {
        int before = random.nextInt(6);
        groups(random, before, text);
        text.append("::");
        if (random.nextBoolean() && before < 5) {
          groups(random, 1, text);
          text.append(':');
        }
        ipv4(random, text);
      }
    }
    for (int edits = random.nextInt(3); edits > 0 && !text.isEmpty(); edits--) {
      int at = random.nextInt(text.length());
      char c = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, c);
        case 1 -> text.deleteCharAt(at);
        default -> text.setCharAt(at, c);
      }
    }
    return text.toString();
  }

  private static void ipv4(SplittableRandom random, StringBuilder text) {
    for (int i = 0; i < 4; i++) {
      text.append(i == 0 ? "" : ".").append(random.nextInt(random.nextInt(8) == 0 ? 300 : 256));
    }
  }

  private static void groups(SplittableRandom random, int count, StringBuilder text) {
    for (int i = 0; i < count; i++) {
      String group = Integer.toHexString(random.nextInt(1 << random.nextInt(1, 17)) & 0xffff);
      text.append(i == 0 ? "" : ":")
          .append(random.nextInt(6) == 0 ? "0".repeat(4 - group.length()) + group : group);
    }
  }

  private static IpAddress parsed(String text) {
    return IpAddress.parse(text).orElseThrow();
  }
}
