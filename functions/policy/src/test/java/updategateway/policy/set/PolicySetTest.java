package updategateway.policy.set;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.catalog.PathPattern;
import updategateway.policy.catalog.Route;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Policy;
import updategateway.policy.model.Product;
import updategateway.policy.source.Document;
import updategateway.policy.source.Position;
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
  void theNameIsTheDigestOfTheCanonicalJson() {
    assertThat(PolicySet.of(new Catalog(List.of()), List.of()).digest())
        .isEqualTo(
            Digest.ofBytes(
                "{\"catalog\":{\"routes\":[]},\"policies\":[]}".getBytes(StandardCharsets.UTF_8)));
  }

  @Property(tries = 5_000)
  void documentsAreTheSameWhereTheirJsonIs(
      @ForAll("documents") Document one, @ForAll("documents") Document other) {
    assertThat(CanonicalForm.areSame(one, other))
        .isEqualTo(Arrays.equals(CanonicalForm.json(one), CanonicalForm.json(other)));
    assertThat(CanonicalForm.areSame(one, reversed(one))).isTrue();
  }

  /** Few words and few keys, so that two are often the same or nearly so. */
  @Provide
  static Arbitrary<Document> documents() {
    Arbitrary<Document> texts =
        Arbitraries.of("", "a", "b").map(text -> new Document.Text(text, Position.NONE));
    return Arbitraries.lazyOf(
        () -> texts,
        () -> texts,
        () ->
            documents()
                .list()
                .ofMaxSize(2)
                .map(items -> new Document.Sequence(items, Position.NONE)),
        () ->
            Arbitraries.maps(Arbitraries.of("a", "b", "c"), documents())
                .ofMaxSize(2)
                .map(PolicySetTest::mapping));
  }

  private static Document mapping(Map<String, Document> values) {
    List<Document.Field> fields = new ArrayList<>();
    values.forEach((key, value) -> fields.add(new Document.Field(key, Position.NONE, value)));
    return new Document.Mapping(fields, Position.NONE);
  }

  /** The same with all keys in another order. */
  private static Document reversed(Document document) {
    return switch (document) {
      case Document.Text text -> text;
      case Document.Sequence sequence ->
          new Document.Sequence(
              sequence.items().stream().map(PolicySetTest::reversed).toList(), Position.NONE);
      case Document.Mapping mapping ->
          new Document.Mapping(
              mapping.fields().reversed().stream()
                  .map(field ->
                      new Document.Field(field.key(), Position.NONE, reversed(field.value())))
                  .toList(),
              Position.NONE);
    };
  }
}
