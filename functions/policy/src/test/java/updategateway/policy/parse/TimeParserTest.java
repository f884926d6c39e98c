package updategateway.policy.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimeParserTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "2024-09-29 00:00 America/New_York,       2024-09-29T04:00:00Z",
    "2024-07-20 00:00 America/New_York,       2024-07-20T04:00:00Z",
    "2024-12-01 00:00 America/New_York,       2024-12-01T05:00:00Z",
    "2024-09-29 00:00:01 America/New_York,    2024-09-29T04:00:01Z",
    "2024-09-29 00:00:00.001 America/New_York, 2024-09-29T04:00:00.001Z",
    "2024-09-29  00:00   Pacific/Honolulu,    2024-09-29T10:00:00Z",
    "2024-09-29 00:00 UTC,                    2024-09-29T00:00:00Z",
    "2024-09-29 00:00 US/Eastern,             2024-09-29T04:00:00Z",
    "2024-09-29T00:00:00-04:00,               2024-09-29T04:00:00Z",
    "2024-09-29T04:00:00Z,                    2024-09-29T04:00:00Z",
    "2024-09-29T04:00Z,                       2024-09-29T04:00:00Z",
    "2024-09-29T03:59:59.999Z,                2024-09-29T03:59:59.999Z",
    "2024-03-31 03:00 Europe/Berlin,          2024-03-31T01:00:00Z",
    "1963-07-08 00:00 America/New_York,       1963-07-08T04:00:00Z",
    "1969-12-31T23:59:59.999Z,                1969-12-31T23:59:59.999Z",
    "1900-01-01T00:00Z,                       1900-01-01T00:00:00Z",
  })
  void isReadInItsZone(String written, Instant instant) throws TimeParseException {
    assertThat(TimeParser.parse(written).time().instant()).isEqualTo(instant);
    assertThat(TimeParser.parse(written).time().written()).isEqualTo(written);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2024-09-29 00:00 EST                    | abbreviation            | write America/New_York
          2024-09-29 00:00 EDT                    | abbreviation            | write America/New_York
          2024-09-29 00:00 pdt                    | abbreviation            | write America/Los_Angeles
          2024-09-29 00:00 CEST                   | abbreviation            | write Europe/Brussels
          2024-09-29 00:00 GMT                    | abbreviation            | write UTC
          2024-09-29 00:00 -04:00                 | is an offset            | write 2024-09-29T00:00-04:00
          2024-09-29 00:00 America/NewYork        | no zone has the id      | write America/New_York
          2024-09-29 00:00 america/new_york       | no zone has the id      | write America/New_York
          2024-09-29 00:00                        | without a zone          | 2024-09-29 00:00 America/New_York
          2024-09-29T00:00:00                     | without a zone          | 2024-09-29 00:00:00 America/New_York
          2024-09-29                              | without a time          | 2024-09-29 00:00 America/New_York
          2024-03-10 02:30 America/New_York       | does not exist          | write the instant, such as 2024-03-10T03:00-04:00
          2024-11-03 01:30 America/New_York       | exists twice            | 2024-11-03T01:30-04:00 or 2024-11-03T01:30-05:00
          2011-12-30 12:00 Pacific/Apia           | does not exist          | 2011-12-31T00:00+14:00
          2024-09-28 24:00 America/New_York       | next day's 00:00        | write 2024-09-29 00:00
          2024-02-30 00:00 America/New_York       | no such day             | calendar
          2024-09-29 25:00 America/New_York       | no such time of day     | 00:00 to 23:59
          2024-09-29T25:00:00Z                    | no such date            | write it like
          2016-12-31 23:59:60 UTC                 | no such time of day     | 00:00 to 23:59
          2016-12-31T23:59:60Z                    | no such date            | write it like
          2024-09-29T00:00:00.0001Z               | finer than a millisecond | three decimals
          1899-12-31 00:00 UTC                    | outside 1900 to 9999    | in that range
          29.09.2024 00:00 America/New_York       | not a time              | write it like
          1727582400                              | not a time              | write it like
          """)
  void whatCanBeReadInTwoWaysIsRefused(String written, String problem, String remedy) {
    assertThatExceptionOfType(TimeParseException.class)
        .isThrownBy(() -> TimeParser.parse(written))
        .withMessageContaining(problem)
        .withMessageContaining(remedy);
  }

  @ParameterizedTest(name = "through {0} ends at {1}")
  @CsvSource({
    "2020-08-13 America/New_York, 2020-08-14T04:00:00Z",
    "2020-08-13,                  2020-08-14T04:00:00Z",
    "2020-08-13Z,                 2020-08-14T00:00:00Z",
    "2020-08-13-04:00,            2020-08-14T04:00:00Z",
    "2024-03-09 America/New_York, 2024-03-10T05:00:00Z",
    "2024-03-10 America/New_York, 2024-03-11T04:00:00Z",
  })
  void aLastDayIsInclusive(String day, Instant end) throws TimeParseException {
    assertThat(TimeParser.endOfDay(day, ZoneId.of("America/New_York")).instant()).isEqualTo(end);
  }

  @ParameterizedTest
  @CsvSource({
    "2020-08-13 00:00 America/New_York, no time of day",
    "2020-08-13T00:00:00Z,              no time of day",
    "13 August 2020,                    not a day",
    "2020-08-13 EDT,                    abbreviation",
  })
  void aLastDayIsADay(String written, String problem) {
    assertThatExceptionOfType(TimeParseException.class)
        .isThrownBy(() -> TimeParser.endOfDay(written, ZoneId.of("UTC")))
        .withMessageContaining(problem);
  }
}
