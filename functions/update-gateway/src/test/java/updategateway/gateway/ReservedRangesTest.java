package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import updategateway.place.CidrBlock;
import updategateway.place.SpecialPurposeBlocks;
import updategateway.place.IpAddress;
import updategateway.place.SpecialPurposeBlock;

/**
 * What cannot be corrected beside what has no place: two rooms that do not know each other say the
 * same.
 */
final class ReservedRangesTest {
  @Test
  void everySpecialPurposeBlockIsReserved() {
    for (SpecialPurposeBlock block : SpecialPurposeBlock.all()) {
      CidrBlock range = CidrBlock.around(block.first().inetAddress(), block.length());
      assertThat(SpecialPurposeBlocks.overlapping(range)).as(block.range()).isPresent();
    }
  }

  @Property(tries = 20_000, shrinking = ShrinkingMode.OFF)
  void anAddressIsReservedExactlyWhenItHasNoPlaceOrHoldsAnother(@ForAll long seed)
      throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    IpAddress address;
    if (random.nextBoolean()) {
      SpecialPurposeBlock block = SpecialPurposeBlock.all().get(random.nextInt(SpecialPurposeBlock.all().size()));
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
    boolean hasNoPlace = SpecialPurposeBlock.of(address).isPresent();
    CidrBlock one = CidrBlock.around(address.inetAddress(), address.bits());
    assertThat(SpecialPurposeBlocks.overlapping(one).isPresent())
        .as(address.toString())
        .isEqualTo(holdsAnother || hasNoPlace);
  }

  private static IpAddress parsed(byte[] bytes) throws Exception {
    return IpAddress.parse(InetAddress.getByAddress(bytes).getHostAddress()).orElseThrow();
  }
}
