package updategateway.policy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class InstantFormatTest {
  @Property(tries = 20_000)
  void writesWhatTheJdkWrites(@ForAll("instants") Instant instant) {
    assertThat(InstantFormat.format(instant)).isEqualTo(instant.toString());
    assertThat(InstantFormat.parse(instant.toString())).isEqualTo(instant);
  }

  // The combinations of edge cases are more than the tries.
  @Property(tries = 20_000, edgeCases = EdgeCasesMode.NONE)
  void readsWhatTheJdkReads(@ForAll("texts") String text) {
    Instant expected;
    try {
      expected = Instant.parse(text);
    } catch (DateTimeException e) {
      assertThatThrownBy(() -> InstantFormat.parse(text)).isInstanceOf(DateTimeException.class);
      return;
    }
    assertThat(InstantFormat.parse(text)).isEqualTo(expected);
  }

  @Test
  void daysThatAreNotInEveryYear() {
    assertThat(InstantFormat.parse("2024-02-29T00:00:00Z")).isEqualTo("2024-02-29T00:00:00Z");
    assertThat(InstantFormat.parse("2000-02-29T23:59:59Z")).isEqualTo("2000-02-29T23:59:59Z");
    assertThatThrownBy(() -> InstantFormat.parse("2023-02-29T00:00:00Z"))
        .isInstanceOf(DateTimeException.class);
    assertThatThrownBy(() -> InstantFormat.parse("1900-02-29T00:00:00Z"))
        .isInstanceOf(DateTimeException.class);
  }

  /** Every year of four digits, its ends and beyond; whole seconds, and finer. */
  @Provide
  static Arbitrary<Instant> instants() {
    Arbitrary<Long> seconds =
        Arbitraries.oneOf(
            Arbitraries.longs().between(-62_167_219_205L, 253_402_300_805L),
            Arbitraries.longs().between(-62_167_219_205L, -62_167_219_195L),
            Arbitraries.longs().between(253_402_300_795L, 253_402_300_805L),
            Arbitraries.longs().between(-5, 5),
            Arbitraries.longs().between(1_700_000_000L, 1_800_000_000L));
    Arbitrary<Integer> nanos =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just(0)),
            Tuple.of(1, Arbitraries.integers().between(0, 999).map(n -> n * 1_000_000)),
            Tuple.of(1, Arbitraries.integers().between(0, 999_999).map(n -> n * 1_000)),
            Tuple.of(1, Arbitraries.integers().between(0, 999_999_999)));
    return Combinators.combine(seconds, nanos).as(Instant::ofEpochSecond);
  }

  /** Numbers that are too high as often as not, and single characters that are wrong. */
  @Provide
  static Arbitrary<String> texts() {
    Arbitrary<Integer> small = Arbitraries.integers().between(0, 70);
    Arbitrary<String> dates =
        Combinators.combine(
                Arbitraries.integers().between(0, 9_999),
                Arbitraries.integers().between(0, 14),
                Arbitraries.integers().between(0, 33),
                Arbitraries.integers().between(0, 25),
                small,
                small)
            .as("%04d-%02d-%02dT%02d:%02d:%02d"::formatted);
    Arbitrary<String> fractions =
        Arbitraries.oneOf(
            Arbitraries.just(""),
            Arbitraries.strings().withCharRange('0', '9').ofMaxLength(10).map(f -> "." + f));
    Arbitrary<String> whole = Combinators.combine(dates, fractions).as((d, f) -> d + f + "Z");
    Arbitrary<Character> wrong =
        Arbitraries.of('0', '9', '-', ':', '.', 'T', 't', 'Z', 'z', ' ', '٣', '+');
    Arbitrary<String> spoilt =
        Combinators.combine(whole, Arbitraries.integers().between(0, 19), wrong)
            .as((date, at, c) -> date.substring(0, at) + c + date.substring(at + 1));
    return Arbitraries.oneOf(
        whole, spoilt, Arbitraries.of("", "2024-09-29T04:00Z", "2024-09-29T00:00:00-04:00"));
  }
}
