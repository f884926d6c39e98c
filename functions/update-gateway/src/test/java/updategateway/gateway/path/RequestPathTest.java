package updategateway.gateway.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestPathTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** RFC 3986, section 2.2: gen-delims and sub-delims. */
  private static final String RESERVED = ":/?#[]@!$&'()*+,;=";

  static Stream<String> corpus() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RequestPathTest.class.getResourceAsStream("paths.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("corpus")
  void aPathHasOneReadingOrNone(String line) throws Exception {
    int arrow = line.lastIndexOf(" -> ");
    String raw = JSON.readValue(line.substring(0, arrow), String.class);
    String sent = line.substring(arrow + 4);
    if (sent.equals("400")) {
      assertThatExceptionOfType(MalformedPathException.class)
          .isThrownBy(() -> RequestPath.parse(raw).withoutEncodedSlash());
    } else {
      assertThat(RequestPath.parse(raw).withoutEncodedSlash().encoded())
          .isEqualTo(JSON.readValue(sent, String.class));
    }
  }

  /** All rules for segments hold on both sides of an encoded slash. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%2f",
        "/a%2f",
        "/%2fb",
        "/a%2f%2fb",
        "/a%2F%2fb",
        "/..%2fb",
        "/a%2f..",
        "/.%2fb",
        "/a%2f.",
        "/a%2f%2e",
        "/a%2f%2e%2e",
        "/a%2f..;x",
        "/a%2f..%20",
        "/a%2f%252e%252e",
        "/a%252fb",
        "/a%25252fb",
        "/a%2fb%252fc",
        "/a%2fb%5cc",
        "/a%2fb%00",
        "/a%2fb%c0%ae",
        "/a%2f%20..",
        "/a%2fb//c",
        "/a%2f/b",
        "/a/%2fb",
        "/a%2fb%zz",
        "/a%2f%0ab"
      })
  void besideAnEncodedSlashAllRulesForSegmentsHold(String raw) {
    assertThatExceptionOfType(MalformedPathException.class)
        .isThrownBy(() -> RequestPath.parse(raw));
  }

  @Test
  void anEncodedSlashIsAPartOfItsSegmentAndStaysEncoded() throws Exception {
    RequestPath path = RequestPath.parse("/npm/./@vendor%2fagent/-/a+b");
    assertThat(path.segments()).containsExactly("npm", "@vendor/agent", "-", "a+b");
    assertThat(path.encoded()).isEqualTo("/npm/@vendor%2Fagent/-/a%2Bb");
    assertThat(path.hasEncodedSlash()).isTrue();
    assertThat(path.segmentsAtEachSlash()).containsExactly("npm", "@vendor", "agent", "-", "a+b");
    assertThat(RequestPath.parse("/npm/@vendor/agent").hasEncodedSlash()).isFalse();
  }

  @Test
  void theCorpusIsLarge() throws IOException {
    assertThat(corpus().distinct().count()).isGreaterThan(500);
  }

  @Property(tries = 20_000, shrinking = ShrinkingMode.OFF)
  void whatIsMatchedIsWhatTheOriginOpens(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RequestPath path = randomPath(random).orElse(null);
    if (path == null) {
      return;
    }
    // The origin's own reading, by the language's library: split, then decode, then remove dot
    // segments.
    URI opened = URI.create("https://origin.example" + path.encoded());
    assertThat(opened.normalize()).isEqualTo(opened);
    List<String> segments =
        Stream.of(opened.getRawPath().substring(1).split("/", -1))
            .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
            .toList();
    assertThat(segments).isEqualTo(path.segments());
    assertThat(segments.subList(0, segments.size() - 1)).doesNotContain("");
    assertThat(path.encoded()).matches("[\\x21-\\x7e]+");
  }

  /**
   * RFC 3986, section 2.2: an escape of a reserved character is not equivalent to the character, so
   * none is undone on the way to the origin. Decoded once, what is sent is what is matched, also to
   * an object store that takes a plus sign for a space.
   */
  @Property(tries = 20_000, shrinking = ShrinkingMode.OFF)
  void noEscapeOfAReservedCharacterIsUndone(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder raw = new StringBuilder();
    for (int s = random.nextInt(1, 4); s > 0; s--) {
      raw.append('/');
      for (int i = random.nextInt(1, 7); i > 0; i--) {
        char c = (RESERVED + "az09-_~%").charAt(random.nextInt(RESERVED.length() + 8));
        boolean escaped = c == '%' || "/?#".indexOf(c) >= 0 || random.nextBoolean();
        raw.append(escaped ? "%%%02x".formatted((int) c) : String.valueOf(c));
      }
    }
    RequestPath path;
    try {
      path = RequestPath.parse(raw.toString());
    } catch (MalformedPathException e) {
      return;
    }
    assertThat(escapes(path.encoded())).containsAll(escapes(raw.toString()));
    assertThat(path.encoded()).doesNotContain("+", ";");
    List<String> asAnObjectStoreReadsIt =
        Stream.of(path.encoded().substring(1).split("/", -1))
            .map(segment -> URLDecoder.decode(segment, StandardCharsets.UTF_8))
            .toList();
    assertThat(asAnObjectStoreReadsIt).isEqualTo(path.segments());
  }

  /** Each escape of a reserved character or percent sign, with its place among all of its kind. */
  private static Set<String> escapes(String path) {
    Set<String> escapes = new HashSet<>();
    for (char c : (RESERVED + "%").toCharArray()) {
      String escape = "%%%02X".formatted((int) c);
      int nth = 0;
      for (int at = 0; at < path.length(); at++) {
        boolean escaped = path.regionMatches(true, at, escape, 0, escape.length());
        if (escaped) {
          escapes.add(escape + nth);
        }
        if (escaped || (path.charAt(at) == c && c != '%')) {
          nth++;
        }
      }
    }
    return escapes;
  }

  private static Optional<RequestPath> randomPath(SplittableRandom random) {
    List<String> pieces =
        List.of(
            "/", "/", "a", "bases", ".", "..", "%2e", "%2f", "%5c", "\\", ";", "%3b", "%25", "%00",
            "%", "c0", "%c3%bc", "ü", "x", " ", "%zz", "+", "%2b", "&", "%26");
    StringBuilder raw = new StringBuilder("/");
    for (int i = random.nextInt(8); i > 0; i--) {
      raw.append(pieces.get(random.nextInt(pieces.size())));
    }
    try {
      return Optional.of(RequestPath.parse(raw.toString()));
    } catch (MalformedPathException e) {
      return Optional.empty();
    }
  }

  /** The short way for plain paths and the careful way for all others lead to the same. */
  @Property(tries = 20_000, shrinking = ShrinkingMode.OFF)
  void aPlainPathIsReadLikeItselfEncoded(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String characters = "//..-_azAZ09mM";
    StringBuilder plain = new StringBuilder("/");
    StringBuilder encoded = new StringBuilder("/");
    for (int i = random.nextInt(random.nextInt(20) == 0 ? 400 : 16); i > 0; i--) {
      char c = characters.charAt(random.nextInt(characters.length()));
      plain.append(c);
      encoded.append(c == '/' ? "/" : "%%%02x".formatted((int) c));
    }
    assertThat(read(plain.toString())).isEqualTo(read(encoded.toString()));
  }

  /** The reading, or why there is none. */
  private static Object read(String rawPath) {
    try {
      return RequestPath.parse(rawPath);
    } catch (MalformedPathException e) {
      return e.getClass() + " " + e.getMessage();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=b",
        "a=b&a=c",
        "x=%2F..%2F",
        "redirect=//evil.example",
        "a=%0d%0aX:y",
        "\"'<>[]{}|\\^`",
        "?"
      })
  void aQueryIsKeptByteForByte(String query) throws Exception {
    assertThat(RequestQuery.checked(query)).isEqualTo(query);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\r\nX: y", "a\nb", "a\u0000", "a#b", "ü", "\u007f", "a\tb"})
  void aQueryThatCannotStandInAHeaderIsMalformed(String query) {
    assertThatExceptionOfType(MalformedPathException.class)
        .isThrownBy(() -> RequestQuery.checked(query));
  }

  @Test
  void aPathHasAtMost8192CharactersAlsoWhenItIsEncoded() throws MalformedPathException {
    assertThat(RequestPath.parse("/" + "a".repeat(8_191)).encoded()).hasSize(8_192);
    assertThat(RequestPath.parse("/a" + "+".repeat(2_730)).encoded()).hasSize(8_192);
    assertThat(RequestPath.parse("/" + "a".repeat(8_189) + "/.").encoded()).hasSize(8_191);
    for (String path :
        List.of("/" + "a".repeat(8_192), "/ab" + "+".repeat(2_730), "/a" + "+".repeat(2_731))) {
      assertThatExceptionOfType(UriTooLongException.class)
          .isThrownBy(() -> RequestPath.parse(path))
          .withMessage("is longer than 8192 characters");
    }
  }

  @Test
  void aPathHasAtMost128SegmentsCountedAtEncodedSlashesToo() throws MalformedPathException {
    assertThat(RequestPath.parse("/a".repeat(128)).segments()).hasSize(128);
    assertThat(RequestPath.parse("/a".repeat(127) + "%2fa").segments()).hasSize(127);
    for (String path : List.of("/a".repeat(129), "/a".repeat(127) + "%2fa%2Fa")) {
      assertThatExceptionOfType(UriTooLongException.class)
          .isThrownBy(() -> RequestPath.parse(path))
          .withMessage("has more than 128 segments");
    }
  }

  @Test
  void aQueryHasAtMost8192Characters() throws MalformedPathException {
    assertThat(RequestQuery.checked(null)).isEmpty();
    assertThat(RequestQuery.checked("")).isEmpty();
    assertThat(RequestQuery.checked("q".repeat(8_192))).hasSize(8_192);
    assertThatExceptionOfType(UriTooLongException.class)
        .isThrownBy(() -> RequestQuery.checked("q".repeat(8_193)));
    assertThat(RequestQuery.checked("!~")).isEqualTo("!~");
  }

  @Test
  void thePathInAQuerysValueIsEncodedOnceMore() throws MalformedPathException {
    assertThat(RequestPath.parseQueryValue("/a%2520b+c%252fd").segments())
        .containsExactly("a b+c/d");
    assertThat(RequestPath.parseQueryValue("%2Fa%2F.").encoded()).isEqualTo("/a/");
    for (String value : List.of("a", "/%2e%2e", "/%zz", "/%ff", "/a%252")) {
      assertThatExceptionOfType(MalformedPathException.class)
          .isThrownBy(() -> RequestPath.parseQueryValue(value));
    }
  }

  /** Eight further rounds of decoding are followed; what needs more is malformed. */
  @Test
  void aNameIsDecodedEightTimesMore() throws MalformedPathException {
    assertThat(RequestPath.parse("/a%" + "25".repeat(8) + "41").segments()).hasSize(1);
    assertThatExceptionOfType(MalformedPathException.class)
        .isThrownBy(() -> RequestPath.parse("/a%" + "25".repeat(9) + "41"))
        .withMessage("is encoded over and over");
  }
}
