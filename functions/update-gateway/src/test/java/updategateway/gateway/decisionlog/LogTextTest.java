package updategateway.gateway.decisionlog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The length of a text is counted in bytes of JSON, and every text can be written. */
class LogTextTest {
  @ParameterizedTest(name = "{0} within {1} bytes")
  @CsvSource({
    "abcd, 4, abcd",
    "abcde, 4, abcd... (5 characters)",
    "äöü, 5, äö... (3 characters)",
    "€€, 5, €... (2 characters)",
    "😀a, 4, 😀... (3 characters)",
    "a\"b, 3, a\"... (3 characters)",
    "a\"b, 4, a\"b",
  })
  void isCutBehindTheLastWholeCharacterThatFits(String text, int maxBytes, String cut) {
    assertEquals(cut, LogText.cut(text, maxBytes));
  }

  @Test
  void aControlCharacterTakesSixBytes() {
    assertEquals("\u0001", LogText.cut("\u0001", 6));
    assertEquals("... (1 characters)", LogText.cut("\u0001", 5));
  }

  @ParameterizedTest(name = "within {0} bytes: {1}")
  @CsvSource({"6, a?b", "4, a?... (3 characters)"})
  void aLoneSurrogateBecomesAQuestionMark(int maxBytes, String written) {
    assertEquals(written, LogText.cut("a\ud83db", maxBytes));
  }
}
