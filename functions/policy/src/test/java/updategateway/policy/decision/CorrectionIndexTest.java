package updategateway.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import updategateway.place.CidrBlock;
import updategateway.place.IpAddress;
import updategateway.place.Place;
import updategateway.policy.model.Correction;
import updategateway.policy.model.Correction.Target;
import updategateway.policy.model.Interval;
import updategateway.policy.model.LegalInstant;

/** Which corrections are about somebody, beside a look at every one of them. */
final class CorrectionIndexTest {
  private static final Instant FROM = Instant.parse("2024-09-29T04:00:00Z");

  @Test
  void thoseAboutASenderAreFoundAsByLookingAtAll() throws Exception {
    SplittableRandom random = new SplittableRandom(32);
    int several = 0;
    int none = 0;
    for (int s = 0; s < 3_000; s++) {
      List<Correction> all = new ArrayList<>();
      for (int i = random.nextInt(12); i > 0; i--) {
        all.add(correction(i, target(random)));
      }
      CorrectionIndex corrections = new CorrectionIndex(all);
      for (int i = 0; i < 40; i++) {
        Client sender =
            new Client(
                random.nextInt(8) == 0 ? null : address(random),
                random.nextInt(3) == 0 ? "agent-" + random.nextInt(3) : null);
        List<Correction> expected = slowly(all, sender);
        assertThat(corrections.matching(sender)).as("%s of %s", sender, all).isEqualTo(expected);
        several += expected.size() > 1 ? 1 : 0;
        none += expected.isEmpty() ? 1 : 0;
      }
    }
    assertThat(several).isGreaterThan(5_000);
    assertThat(none).isGreaterThan(5_000);
  }

  private static List<Correction> slowly(List<Correction> all, Client sender) {
    List<Correction> about = new ArrayList<>();
    InetAddress address = sender.address();
    if (address != null) {
      all.stream()
          .filter(one ->
              one.target() instanceof Target.Addresses addresses
                  && addresses.range().contains(address))
          .sorted(Comparator.comparingInt(CorrectionIndexTest::length).reversed())
          .forEach(about::add);
    }
    all.stream()
        .filter(one ->
            one.target() instanceof Target.Agent agent && agent.agentId().equals(sender.agentId()))
        .forEach(about::add);
    return about;
  }

  private static int length(Correction correction) {
    return ((Target.Addresses) correction.target()).range().prefixLength();
  }

  private static Target target(SplittableRandom random) throws UnknownHostException {
    if (random.nextInt(5) == 0) {
      return new Target.Agent("agent-" + random.nextInt(3));
    }
    InetAddress address = address(random);
    int bits = 8 * address.getAddress().length;
    int length = random.nextInt(4) == 0 ? random.nextInt(bits + 1) : bits - random.nextInt(6);
    return new Target.Addresses(
        CidrBlock.of(IpAddress.of(address.getAddress()).orElseThrow(), length));
  }

  /** Near one another, at the beginning, in the middle, or at the end of all there are. */
  private static InetAddress address(SplittableRandom random) throws UnknownHostException {
    byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
    byte filling = (byte) List.of(0, 0x7f, 0x80, 0xff).get(random.nextInt(4)).intValue();
    Arrays.fill(bytes, filling);
    bytes[bytes.length - 1] = (byte) (filling ^ random.nextInt(32));
    if (random.nextInt(4) == 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return InetAddress.getByAddress(bytes);
  }

  private static Correction correction(int number, Target target) {
    return new Correction(
        "correction-" + number,
        target,
        Place.parse("DE"),
        "because",
        "somebody",
        new Interval(LegalInstant.of(FROM), LegalInstant.of(FROM.plusSeconds(3_600))),
        null);
  }
}
