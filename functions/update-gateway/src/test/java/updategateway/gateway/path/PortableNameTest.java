package updategateway.gateway.path;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PortableNameTest {
  /** Beside letters and digits. */
  private static final String PORTABLE = "-._~!$&'()+,=@[]{}^ ";

  @Test
  void ofAsciiTheseCharactersArePortableWithinAName() throws MalformedPathException {
    for (char c = 0x20; c < 0x7f; c++) {
      if (c == '/' || c == '\\' || c == '?' || c == '#') {
        continue;
      }
      boolean portable = Character.isLetterOrDigit(c) || PORTABLE.indexOf(c) >= 0;
      String path = "/bases/a%%%02xb".formatted((int) c);
      assertThat(PortableName.problem(RequestPath.parse(path)).isEmpty())
          .as("%c", c)
          .isEqualTo(portable);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/advisories/",
        "/advisories/2024-01 (final)~1,2.txt",
        "/bases/daily-27412.cdiff",
        "/pool/main/u/update-gateway/update-gateway_1.2.3-4+deb12u1~bpo1_amd64.deb",
        "/@vendor/agent/-/agent-1.0.0.tgz",
        "/@vendor%2fagent",
        "/.well-known/security.txt",
        "/..a/.b/c..d",
        "/pool/main/m/memtest86+/memtest86+_7.00-1_amd64.deb",
        "/a/+b",
        "/%61%20b",
        "/it's/[x]/{y}/a=b&c/$1/!/^",
        // Too long, too many digits, a second dot, or none of its form.
        "/SIGNATUR~1",
        "/SIGNA~12345",
        "/SIGNAT~1234567",
        "/SIGNAT~",
        "/~1",
        "/SIGNAT~1.JSON",
        "/SIGNAT~1.A.B",
        "/a.b~1",
        "/a~1b"
      })
  void theseAre(String path) throws MalformedPathException {
    assertThat(PortableName.problem(RequestPath.parse(path))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a:b|has the character U+003A COLON",
        "/main.cvd::$DATA|has the character U+003A COLON",
        "/*|has the character U+002A ASTERISK",
        "/a;b|has the character U+003B SEMICOLON",
        "/100%25|has the character U+0025 PERCENT SIGN",
        "/a%3Fb|has the character U+003F QUESTION MARK",
        "/a%23b|has the character U+0023 NUMBER SIGN",
        "/<x>|has the character U+003C LESS-THAN SIGN",
        "/a|b|has the character U+007C VERTICAL LINE",
        "/größe|has the character U+00F6 LATIN SMALL LETTER O WITH DIAERESIS",
        "/\uff0e\uff0e/b|has the character U+FF0E FULLWIDTH FULL STOP",
        "/a%C2%A0b|has the character U+00A0 NO-BREAK SPACE",
        "/\ud83d\ude42|has the character U+1F642 SLIGHTLY SMILING FACE",
        "/@vendor%2fa:b|has the character U+003A COLON",
        "/a./b|ends in U+002E FULL STOP",
        "/a/b.|ends in U+002E FULL STOP",
        "/a/b..|ends in U+002E FULL STOP",
        "/a%20/b|ends in U+0020 SPACE",
        "/a/%20b|begins with U+0020 SPACE",
        "/a/+%20b|begins with U+0020 SPACE",
        "/a/b.+|ends in U+002E FULL STOP",
        "/a/b%20++|ends in U+0020 SPACE",
        "/a/+|has nothing but plus signs",
        "/SIGNAT~1+|has the form of a DOS short name",
        "/@vendor.%2fb|ends in U+002E FULL STOP",
        "/SIGNAT~1|has the form of a DOS short name",
        "/a/SIGNAT~1/b|has the form of a DOS short name",
        "/SIGNAT~1.CVD|has the form of a DOS short name",
        "/MAIN~12.C|has the form of a DOS short name",
        "/A~123456|has the form of a DOS short name",
        "/a b~1|has the form of a DOS short name"
      })
  void theseAreNotForAReason(String line) throws MalformedPathException {
    int bar = line.lastIndexOf('|');
    assertThat(PortableName.problem(RequestPath.parse(line.substring(0, bar))).orElse(""))
        .startsWith("has a segment (number ")
        .contains(line.substring(bar + 1));
  }

  @Test
  void theReasonNamesTheSegment() throws MalformedPathException {
    assertThat(PortableName.problem(RequestPath.parse("/a/b/c:d/e")).orElse(""))
        .isEqualTo(
            "has a segment (number 3) that has the character U+003A COLON,"
                + " which servers and file systems do not all take as it is");
  }
}
