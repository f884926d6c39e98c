package updategateway.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpecialPurposeBlocksTest {
  @ParameterizedTest(name = "{0} to {1} is {2}")
  @CsvSource({
    "0.0.0.0,         0.0.0.0,          0.0.0.0/32",
    "0.0.0.1,         0.255.255.255,    0.0.0.0/8",
    "10.0.0.0,        10.255.255.255,   10.0.0.0/8",
    "100.64.0.0,      100.127.255.255,  100.64.0.0/10",
    "127.0.0.0,       127.255.255.255,  127.0.0.0/8",
    "169.254.0.0,     169.254.255.255,  169.254.0.0/16",
    "172.16.0.0,      172.31.255.255,   172.16.0.0/12",
    "192.0.0.0,       192.0.0.7,        192.0.0.0/29",
    "192.0.0.8,       192.0.0.8,        192.0.0.8/32",
    "192.0.0.9,       192.0.0.9,        192.0.0.9/32",
    "192.0.0.10,      192.0.0.10,       192.0.0.10/32",
    "192.0.0.11,      192.0.0.169,      192.0.0.0/24",
    "192.0.0.170,     192.0.0.171,      192.0.0.170/31",
    "192.0.0.172,     192.0.0.255,      192.0.0.0/24",
    "192.0.2.0,       192.0.2.255,      192.0.2.0/24",
    "192.31.196.0,    192.31.196.255,   192.31.196.0/24",
    "192.52.193.0,    192.52.193.255,   192.52.193.0/24",
    "192.88.99.0,     192.88.99.1,      192.88.99.0/24",
    "192.88.99.2,     192.88.99.2,      192.88.99.2/32",
    "192.88.99.3,     192.88.99.255,    192.88.99.0/24",
    "192.168.0.0,     192.168.255.255,  192.168.0.0/16",
    "192.175.48.0,    192.175.48.255,   192.175.48.0/24",
    "198.18.0.0,      198.19.255.255,   198.18.0.0/15",
    "198.51.100.0,    198.51.100.255,   198.51.100.0/24",
    "203.0.113.0,     203.0.113.255,    203.0.113.0/24",
    "224.0.0.0,       239.255.255.255,  224.0.0.0/4",
    "240.0.0.0,       255.255.255.254,  240.0.0.0/4",
    "255.255.255.255, 255.255.255.255,  255.255.255.255/32",
    "::,              ::,               ::/128",
    "::1,             ::1,              ::1/128",
    "::2,             ::ffff:ffff,      ::/96",
    "::1:0:0,         ::fffe:ffff:ffff, ::/3",
    "64:ff9b:1::,     64:ff9b:1:ffff:ffff:ffff:ffff:ffff, 64:ff9b:1::/48",
    "100::,           100::ffff:ffff:ffff:ffff, 100::/64",
    "100:0:0:1::,     100::1:ffff:ffff:ffff:ffff, 100:0:0:1::/64",
    "100:0:0:2::,     1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ::/3",
    "2001::,          2001:0:ffff:ffff:ffff:ffff:ffff:ffff, 2001::/32",
    "2001:1::,        2001:1::,         2001::/23",
    "2001:1::1,       2001:1::1,        2001:1::1/128",
    "2001:1::2,       2001:1::2,        2001:1::2/128",
    "2001:1::3,       2001:1::3,        2001:1::3/128",
    "2001:1::4,       2001:1:ffff:ffff:ffff:ffff:ffff:ffff, 2001::/23",
    "2001:2::,        2001:2:0:ffff:ffff:ffff:ffff:ffff, 2001:2::/48",
    "2001:2:1::,      2001:2:ffff:ffff:ffff:ffff:ffff:ffff, 2001::/23",
    "2001:3::,        2001:3:ffff:ffff:ffff:ffff:ffff:ffff, 2001:3::/32",
    "2001:4::,        2001:4:111:ffff:ffff:ffff:ffff:ffff, 2001::/23",
    "2001:4:112::,    2001:4:112:ffff:ffff:ffff:ffff:ffff, 2001:4:112::/48",
    "2001:4:113::,    2001:f:ffff:ffff:ffff:ffff:ffff:ffff, 2001::/23",
    "2001:10::,       2001:1f:ffff:ffff:ffff:ffff:ffff:ffff, 2001:10::/28",
    "2001:20::,       2001:2f:ffff:ffff:ffff:ffff:ffff:ffff, 2001:20::/28",
    "2001:30::,       2001:3f:ffff:ffff:ffff:ffff:ffff:ffff, 2001:30::/28",
    "2001:40::,       2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, 2001::/23",
    "2001:db8::,      2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db8::/32",
    "2620:4f:8000::,  2620:4f:8000:ffff:ffff:ffff:ffff:ffff, 2620:4f:8000::/48",
    "3fff::,          3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff::/20",
    "4000::,          5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 4000::/2",
    "5f00::,          5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 5f00::/16",
    "5f01::,          7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 4000::/2",
    "8000::,          fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 8000::/1",
    "fc00::,          fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fc00::/7",
    "fe00::,          fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 8000::/1",
    "fe80::,          febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fe80::/10",
    "fec0::,          feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fec0::/10",
    "ff00::,          ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ff00::/8",
  })
  void theMostSpecificBlockNamesAnAddress(String first, String last, String range) {
    assertThat(block(first)).contains(range);
    assertThat(block(last)).contains(range);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0.0.0,         9.255.255.255",
    "11.0.0.0,        100.63.255.255",
    "100.128.0.0,     126.255.255.255",
    "128.0.0.0,       169.253.255.255",
    "169.255.0.0,     172.15.255.255",
    "172.32.0.0,      191.255.255.255",
    "192.0.1.0,       192.0.1.255",
    "192.0.3.0,       192.31.195.255",
    "192.31.197.0,    192.52.192.255",
    "192.52.194.0,    192.88.98.255",
    "192.88.100.0,    192.167.255.255",
    "192.169.0.0,     192.175.47.255",
    "192.175.49.0,    198.17.255.255",
    "198.20.0.0,      198.51.99.255",
    "198.51.101.0,    203.0.112.255",
    "203.0.114.0,     223.255.255.255",
    "2000::,          2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:200::,      2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db9::,      2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2003::,          2620:4f:7fff:ffff:ffff:ffff:ffff:ffff",
    "2620:4f:8001::,  3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "3fff:1000::,     3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  })
  void allElseMayBeSomewhere(String first, String last) {
    assertThat(block(first)).isEmpty();
    assertThat(block(last)).isEmpty();
  }

  @Property(tries = 20_000)
  void masksAgreeWithArithmetic(@ForAll long high, @ForAll long low, @ForAll int near) {
    IpAddress v6 = near % 2 == 0 ? new IpAddress(true, high, low) : nextTo(near, low);
    for (IpAddress address : new IpAddress[] {v6, IpAddress.ipv4(low & 0xffff_ffffL)}) {
      Optional<String> slow =
          SpecialPurposeBlocks.all().stream()
              .filter(block -> block.block().network().ipv6() == address.ipv6())
              .filter(block -> {
                BigInteger begin = new BigInteger(1, block.block().network().bytes());
                BigInteger size = BigInteger.TWO.pow(address.bits() - block.block().prefixLength());
                BigInteger value = new BigInteger(1, address.bytes());
                return value.compareTo(begin) >= 0 && value.compareTo(begin.add(size)) < 0;
              })
              .max(Comparator.comparingInt(special -> special.block().prefixLength()))
              .map(special -> special.block().toString());
      assertThat(
              SpecialPurposeBlocks.containing(address).map(special -> special.block().toString()))
          .isEqualTo(slow);
    }
  }

  @Property(tries = 20_000, shrinking = ShrinkingMode.OFF)
  void anAddressOverlapsIfItHasNoLocationOrCarriesIpv4(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes =
        random.nextBoolean()
            ? randomSpecial(random).block().network().bytes()
            : new byte[random.nextBoolean() ? 4 : 16];
    if (random.nextBoolean()) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    } else {
      random.nextBytes(bytes);
    }
    IpAddress address = IpAddress.of(bytes).orElseThrow();
    boolean carriesIpv4 = !address.embeddedIpv4OrSelf().equals(address);
    assertThat(SpecialPurposeBlocks.overlapping(CidrBlock.of(address, address.bits())).isPresent())
        .as(address.toString())
        .isEqualTo(carriesIpv4 || SpecialPurposeBlocks.containing(address).isPresent());
  }

  private static SpecialPurposeBlock randomSpecial(SplittableRandom random) {
    return SpecialPurposeBlocks.all().get(random.nextInt(SpecialPurposeBlocks.all().size()));
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.0.0/16, 10.0.0.0/8",
    "192.0.0.8/32, 192.0.0.0/24",
    "2001:db8:1::/48, 2001:db8::/32",
    "2002:102:300::/40, 2002::/16",
    "::/128, ::/3"
  })
  void theLargestOverlappingBlockIsNamed(String block, String expected) {
    assertThat(SpecialPurposeBlocks.overlapping(CidrBlock.parse(block)))
        .map(CidrBlock::toString)
        .contains(expected);
  }

  private static IpAddress nextTo(int near, long low) {
    SpecialPurposeBlock block =
        SpecialPurposeBlocks.all().get(Math.floorMod(near / 2, SpecialPurposeBlocks.all().size()));
    return block.block().network().ipv6()
        ? new IpAddress(
            true, block.block().network().high(), block.block().network().low() + low % 3)
        : new IpAddress(true, low, low);
  }

  private static Optional<String> block(String address) {
    return SpecialPurposeBlocks.containing(IpAddress.parse(address).orElseThrow())
        .map(special -> special.block().toString());
  }
}
