package updategateway.gateway.response;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AcceptTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -                                        | false
          */*                                      | false
          ''                                       | false
          text/html,application/xhtml+xml,*/*;q=0.8 | false
          text/plain                               | false
          text/*                                   | false
          application/json                         | true
          APPLICATION/JSON                         | true
          application/problem+json                 | true
          application/vnd.x+json                   | true
          application/*                            | true
          application/json, text/plain             | true
          application/json;q=0.5, text/plain       | false
          application/json;q=0.5, text/plain;q=0.4 | true
          application/json;q=0                     | false
          application/json;q=abc                   | false
          application/json;q=NaN                   | false
          application/json;charset=utf-8;q=0.9     | true
          application/octet-stream                 | false
          application/xhtml+xml                    | false
          """)
  void jsonIsForWhoeverAsksForIt(String accept, boolean json) {
    assertThat(Accept.asksForJson(accept)).isEqualTo(json);
  }
}
