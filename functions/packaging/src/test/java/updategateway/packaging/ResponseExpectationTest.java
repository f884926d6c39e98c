package updategateway.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import updategateway.packaging.lambda.RuntimeApi;

final class ResponseExpectationTest {
  private static final String EXPECTS_302 = "{\"expect\":{\"status\":302},\"rawPath\":\"/\"}";
  private static final String EXPECTS_503 = "{\"expect\":{\"status\":503},\"rawPath\":\"/\"}";
  private static final String EXPECTS_NOTHING = "{\"rawPath\":\"/\"}";

  @ParameterizedTest
  @CsvSource({"302, true", "503, false", "451, false", "200, false", "500, false", "404, false"})
  void theStatusIsTheOneThatTheEventExpects(int status, boolean right) throws IOException {
    assertThat(ResponseExpectation.fault(EXPECTS_302, answered(status)).isEmpty()).isEqualTo(right);
  }

  @Test
  void whatIsWrongIsSaid() throws IOException {
    assertThat(ResponseExpectation.fault(EXPECTS_302, answered(503)))
        .contains("its status is 503, not 302");
  }

  @Test
  void aFaultMayBeWhatIsExpected() throws IOException {
    assertThat(ResponseExpectation.fault(EXPECTS_503, answered(503))).isEmpty();
  }

  @Test
  void whereNothingIsExpectedOnlyAFaultIsWrong() throws IOException {
    assertThat(ResponseExpectation.fault(EXPECTS_NOTHING, answered(204))).isEmpty();
    assertThat(ResponseExpectation.fault(EXPECTS_NOTHING, answered(451))).isEmpty();
    assertThat(ResponseExpectation.fault(EXPECTS_NOTHING, answered(500))).isPresent();
    assertThat(ResponseExpectation.fault(EXPECTS_NOTHING, answered(503))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "{}", "[]", "302", "{\"errorMessage\":\"x\"}", "{\"statusCode\":{}}"})
  void anythingElseIsNoAnswer(String body) throws IOException {
    assertThat(ResponseExpectation.fault(EXPECTS_302, answer(body, false))).isPresent();
    assertThat(ResponseExpectation.fault(EXPECTS_NOTHING, answer(body, false))).isPresent();
  }

  @Test
  void whatIsPostedAsAnErrorIsOne() throws IOException {
    assertThat(ResponseExpectation.fault(EXPECTS_302, answer("{\"statusCode\":302}", true)))
        .isPresent();
  }

  private static RuntimeApi.Answer answered(int status) {
    return answer("{\"statusCode\":" + status + ",\"headers\":{},\"body\":\"\"}", false);
  }

  private static RuntimeApi.Answer answer(String body, boolean isError) {
    return new RuntimeApi.Answer(body, isError, 0, Duration.ZERO);
  }
}
