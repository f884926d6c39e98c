package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import updategateway.policy.model.AddressRange;
import updategateway.policy.model.ReservedRanges;
import updategateway.region.address.IpAddress;
import updategateway.region.address.SpecialPurpose;

/**
 * What cannot be corrected beside what has no place: two rooms that do not know each other say the
 * same.
 */
final class ReservedRangesTest {
  @Test
  void everySpecialPurposeBlockIsReserved() {
    for (SpecialPurpose block : SpecialPurpose.all()) {
      AddressRange range = AddressRange.around(block.first().inetAddress(), block.length());
      assertThat(ReservedRanges.overlapping(range)).as(block.range()).isPresent();
    }
  }

  @Property(tries = 20_000, shrinking = ShrinkingMode.OFF)
  void anAddressIsReservedExactlyWhenItHasNoPlaceOrHoldsAnother(@ForAll long seed)
      throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    IpAddress address;
    if (random.nextBoolean()) {
      SpecialPurpose block = SpecialPurpose.all().get(random.nextInt(SpecialPurpose.all().size()));
      byte[] bytes = block.first().bytes();
      // Inside of the block, or beside it.
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      address = parsed(bytes);
    } else {
      byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(bytes);
      address = parsed(bytes);
    }
    boolean holdsAnother = !address.unwrapped().equals(address);
    boolean hasNoPlace = SpecialPurpose.of(address).isPresent();
    AddressRange one = AddressRange.around(address.inetAddress(), address.bits());
    assertThat(ReservedRanges.overlapping(one).isPresent())
        .as(address.toString())
        .isEqualTo(holdsAnother || hasNoPlace);
  }

  private static IpAddress parsed(byte[] bytes) throws Exception {
    return IpAddress.parse(InetAddress.getByAddress(bytes).getHostAddress()).orElseThrow();
  }
}
