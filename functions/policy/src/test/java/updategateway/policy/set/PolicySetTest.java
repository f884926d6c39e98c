package updategateway.policy.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import updategateway.policy.Activity;
import updategateway.policy.Policy;
import updategateway.policy.Product;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.catalog.PathPattern;
import updategateway.policy.catalog.Route;
import updategateway.policy.testing.RandomPolicySets;

final class PolicySetTest {
  @RepeatedTest(50)
  void theOrderOfFilesDoesNotChangeTheDigest(RepetitionInfo repetition) {
    PolicySet set =
        new RandomPolicySets(new SplittableRandom(repetition.getCurrentRepetition())).policySet();
    List<Policy> reversed = set.policies().reversed();
    assertThat(PolicySet.of(set.catalog(), reversed)).isEqualTo(set);
  }

  @Test
  void theCanonicalJsonIsThatOfRfc8785() {
    Catalog catalog =
        new Catalog(
            List.of(
                new Route(
                    PathPattern.parse("/b\u00fc/\u20ac*"),
                    new Product("vpn"),
                    new Activity("patch-update"),
                    "\"<\u2028/>\"")));
    assertThat(
            new String(CanonicalForm.json(CanonicalForm.catalog(catalog)), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"routes\":[{\"activity\":\"patch-update\",\"note\":\"\\\"<\u2028/>\\\"\","
                + "\"path\":\"/b\u00fc/\u20ac*\",\"product\":\"vpn\"}]}");
  }

  @Test
  void anotherSetsDigestIsRefused() {
    Digest other = Digest.ofBytes(new byte[0]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PolicySet(new Catalog(List.of()), List.of(), List.of(), other));
  }
}
