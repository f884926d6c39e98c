package updategateway.policy.set;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import updategateway.place.Place;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.Request;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.parse.PolicyFiles;
import updategateway.policy.source.Document;
import updategateway.policy.source.InvalidPolicyException;

/**
 * A set that was made where the zones had other rules than here: newer ones, as after a country has
 * moved its clocks, or older ones.
 */
final class StoredTimesTest {
  private static final String POLICY =
      """
      id: p
      title: t
      authority: a
      citation: c
      scope: {locations: [US], subjects: [located]}
      products: ["*"]
      phases: [{id: f, from: 2031-07-01 00:00 America/New_York, refuses: [signature-update]}]
      undetermined: refuse
      """;

  /** By the rules that are known here, and by those of a New York without summer time. */
  private static final Instant HERE = Instant.parse("2031-07-01T04:00:00Z");

  private static final Instant THERE = Instant.parse("2031-07-01T05:00:00Z");

  @Test
  void theInstantCountsThatWasStoredAndNotWhatIsWrittenBesideIt() throws Exception {
    PolicySet here = here();
    PolicySet there = there(here);
    assertThat(outcome(here, HERE)).isEqualTo(Outcome.REFUSE);
    assertThat(outcome(there, HERE)).isEqualTo(Outcome.SERVE);
    assertThat(outcome(there, THERE.minusMillis(1))).isEqualTo(Outcome.SERVE);
    assertThat(outcome(there, THERE)).isEqualTo(Outcome.REFUSE);
  }

  @Test
  void setsOfTheSameWordsAndOtherInstantsHaveOtherDigests() throws Exception {
    PolicySet here = here();
    assertThat(there(here).digest()).isNotEqualTo(here.digest());
    assertThat(there(here).policies().getFirst().phases().getFirst().span().from().written())
        .isEqualTo("2031-07-01 00:00 America/New_York");
  }

  /** The Cuban Assets Control Regulations are in force since 8 July 1963. */
  @Test
  void aLawFromBefore1970IsStoredAndRefuses() throws Exception {
    PolicySet set = set(POLICY.replace("2031-07-01", "1963-07-08"));
    Instant begin = Instant.parse("1963-07-08T04:00:00Z");
    assertThat(outcome(set, begin.minusMillis(1))).isEqualTo(Outcome.SERVE);
    assertThat(outcome(set, begin)).isEqualTo(Outcome.REFUSE);
    assertThat(outcome(set, Instant.EPOCH)).isEqualTo(Outcome.REFUSE);
    assertThat(outcome(set, HERE)).isEqualTo(Outcome.REFUSE);
    assertThat(
            PolicyFiles.readCanonical(
                CanonicalForm.catalog(set.catalog()),
                List.of(CanonicalForm.policy(set.policies().getFirst()))))
        .isEqualTo(set);
  }

  private static PolicySet here() throws InvalidPolicyException {
    return set(POLICY);
  }

  private static PolicySet set(String policy) throws InvalidPolicyException {
    return PolicyFiles.read(
        List.of(
            new PolicyFile("p.yaml", policy),
            new PolicyFile(
                "catalog.yaml",
                "routes: [{path: /b/**, product: p, activity: signature-update}]")));
  }

  private static PolicySet there(PolicySet here) throws InvalidPolicyException {
    return PolicyFiles.readCanonical(
        CanonicalForm.catalog(here.catalog()),
        List.of(moved(CanonicalForm.policy(here.policies().getFirst()))));
  }

  private static Document moved(Document document) {
    return switch (document) {
      case Document.Text text ->
          new Document.Text(
              text.value().equals(HERE.toString()) ? THERE.toString() : text.value(),
              text.position());
      case Document.Sequence sequence ->
          new Document.Sequence(
              sequence.items().stream().map(StoredTimesTest::moved).toList(), sequence.position());
      case Document.Mapping mapping ->
          new Document.Mapping(
              mapping.fields().stream()
                  .map(field ->
                      new Document.Field(field.key(), field.position(), moved(field.value())))
                  .toList(),
              mapping.position());
    };
  }

  private static Outcome outcome(PolicySet set, Instant time) {
    return Evaluator.of(set)
        .decide(
            new Request(
                time,
                new Product("p"),
                new Activity("signature-update"),
                Location.in(Place.parse("US")),
                Registrations.NONE))
        .outcome();
  }
}
