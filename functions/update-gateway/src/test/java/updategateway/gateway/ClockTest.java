package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.parse.PolicyFiles;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.region.AgentRegistry;
import updategateway.store.refresh.ActivePolicySource;

/** By which time a request is decided, whatever the clocks do at the instant of a law. */
final class ClockTest {
  /** Behind a leap second, the last one there was. */
  private static final Instant LAW = Instant.parse("2017-01-01T00:00:00Z");

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String PATH = "/bases/main.cvd";

  private final AtomicReference<Instant> clock = new AtomicReference<>(LAW);
  private final Sent cloud = gateway(LIMIT);

  @Property(tries = 300)
  void aClockThatStepsBackAndForthWithinTheLimitChangesNoAnswer(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (long millis = -5; millis < 5; millis++) {
      Instant event = LAW.plusMillis(millis);
      clock.set(event.plusMillis(random.nextLong(-LIMIT.toMillis(), LIMIT.toMillis() + 1)));
      Sent.Answered answer = cloud.send(Sent.get(PATH, "US", event));
      assertThat(answer.status()).as(event + " at " + clock).isEqualTo(millis < 0 ? 302 : 451);
      if (millis < 0) {
        assertThat(answer.header("Cache-Control").orElse("")).contains("max-age=0,");
      }
      assertThat(answer.line().has("ClockSkewed")).isFalse();
    }
  }

  @ParameterizedTest(name = "event {0} ms, clock {1} ms from the instant: {2}")
  @CsvSource({
    // The event counts.
    "      -1,        0, 302, false",
    "       0,       -1, 451, false",
    " -300000,        0, 302, false",
    "       0,  -300000, 451, false",
    "      -1,   299999, 302, false",
    // Too far apart: the clock counts, and it is said.
    " -300001,        0, 451, true",
    "       0,  -300001, 302, true",
    "  300000,       -1, 302, true",
    "-9000000,        5, 451, true",
    " 9000000,       -5, 302, true",
  })
  void furtherApartThanTheLimitTheClockCounts(long event, long at, int status, boolean skewed) {
    clock.set(LAW.plusMillis(at));
    Sent.Answered answer = cloud.send(Sent.get(PATH, "US", LAW.plusMillis(event)));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.line().path("ClockSkewed").asInt()).isEqualTo(skewed ? 1 : 0);
    assertThat(answer.line().path("time").asText())
        .isEqualTo(LAW.plusMillis(skewed ? at : event).toString());
  }

  @Test
  void withTheLimitOffARecordedEventIsDecidedByItsOwnTimeForEver() {
    Sent replay = gateway(Duration.ZERO);
    clock.set(LAW.plus(Duration.ofDays(9_000)));
    assertThat(replay.send(Sent.get(PATH, "US", LAW.minusMillis(1))).status()).isEqualTo(302);
    assertThat(replay.send(Sent.get(PATH, "US", LAW)).status()).isEqualTo(451);
  }

  /**
   * AWS's clocks make the day around a leap second longer instead, from noon to noon: at the
   * instant behind it they are half a second off, and never back.
   */
  @Test
  void aSmearedLeapSecondChangesTheAnswerOnceAndWithinHalfASecond() {
    Instant noon = LAW.minus(Duration.ofHours(12));
    long leapDay = Duration.ofDays(1).plusSeconds(1).toMillis();
    // Seconds that passed since noon; the law begins when half a day and the leap second have.
    long law = Duration.ofHours(12).plusSeconds(1).toMillis();
    int changes = 0;
    int last = 302;
    for (long passed = law - 2_000; passed <= law + 2_000; passed++) {
      Instant smeared = noon.plusMillis(passed * (leapDay - 1_000) / leapDay);
      clock.set(smeared);
      int status = cloud.send(Sent.get(PATH, "US", smeared)).status();
      if (status != last) {
        changes++;
        assertThat(passed - law).isBetween(-501L, 501L);
      }
      last = status;
    }
    assertThat(changes).isEqualTo(1);
    assertThat(last).isEqualTo(451);
  }

  private Sent gateway(Duration limit) {
    return new Sent(
        ActivePolicySource.always(policy()),
        _ -> new AgentRegistry.Found(Set.of()),
        Map.of("MAX_CLOCK_SKEW_SECONDS", Long.toString(limit.toSeconds())),
        clock::get);
  }

  private static Evaluator policy() {
    String policy =
        """
        id: p
        title: t
        authority: a
        citation: c
        scope: {locations: [US], subjects: [located]}
        products: ["*"]
        phases: [{id: f, from: 2017-01-01T00:00:00Z, refuses: [signature-update]}]
        undetermined: refuse
        """;
    String catalog = "routes: [{path: /bases/**, product: p, activity: signature-update}]";
    try {
      return Evaluator.of(
          PolicyFiles.read(
              List.of(new PolicyFile("p.yaml", policy), new PolicyFile("catalog.yaml", catalog))));
    } catch (InvalidPolicyException e) {
      throw new IllegalStateException(e);
    }
  }
}
