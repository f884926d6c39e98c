package updategateway.gateway.registration;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import updategateway.gateway.event.Event;
import updategateway.policy.model.AgentIdSyntax;
import updategateway.region.AgentRegistry;

/**
 * Where in a request an agent says who it is. What it says can only make an answer stricter, so it
 * needs no proof; an agent that says nothing is judged by its place alone.
 */
public sealed interface AgentIdExtractor {
  /** The header in which an agent names itself unless the operator sets another place. */
  String DEFAULT_HEADER = "x-agent-id";

  /** Who the agent says that it is. */
  AgentId read(Event.HttpRequest request);

  /**
   * Returns why no request can bring an id in this place, and what to write instead; empty if one
   * can.
   */
  default Optional<String> problem(String id) {
    return AgentIdSyntax.problem(id);
  }

  private static Optional<String> without(char separator, String id, String reason) {
    return AgentIdSyntax.problem(id)
        .or(() ->
            id.indexOf(separator) < 0
                ? Optional.empty()
                : Optional.of("the id \"" + id + "\" has a " + reason));
  }

  private static AgentId named(String id) {
    return AgentIdSyntax.isWellFormed(id)
        ? new AgentId.Named(id)
        : new AgentId.Unreadable("an agent id that none can be: too long, or not in ASCII");
  }

  /**
   * Reads a setting: {@code header:NAME}, {@code query:NAME}, {@code basic}, or {@code
   * user-agent:PATTERN}.
   *
   * @throws IllegalArgumentException with a sentence's words when it is none of these
   */
  static AgentIdExtractor parse(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String rest = colon < 0 ? "" : text.substring(colon + 1);
    return switch (kind) {
      case "header" -> new Header(rest);
      case "query" -> new QueryParameter(rest);
      case "basic" -> {
        if (colon >= 0) {
          throw new IllegalArgumentException("is basic, with nothing behind it");
        }
        yield new BasicUser();
      }
      case "user-agent" -> UserAgent.matching(rest);
      default ->
          throw new IllegalArgumentException(
              "is header:NAME, query:NAME, basic or user-agent:PATTERN");
    };
  }

  /**
   * A header of the agent's own.
   *
   * @param name in lower case
   */
  record Header(String name) implements AgentIdExtractor {
    private static final int LONGEST = 64;
    private static final String SYMBOLS = "!#$%&'*+.^_`|~-";

    /**
     * @throws IllegalArgumentException when no header can have the name, or no agent names itself
     *     in it
     */
    public Header {
      if (!isToken(name)) {
        throw new IllegalArgumentException("is the name of a header");
      }
      name = name.toLowerCase(Locale.ROOT);
      ReservedHeaders.reason(name)
          .ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
          });
    }

    private static boolean isToken(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean fits =
            (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || SYMBOLS.indexOf(c) >= 0;
        if (!fits) {
          return false;
        }
      }
      return !text.isEmpty() && text.length() <= LONGEST;
    }

    @Override
    public AgentId read(Event.HttpRequest request) {
      String value = request.header(name).orElse("");
      if (value.isEmpty()) {
        return new AgentId.None();
      }
      // Payload format 2.0 joins a header that was sent twice with a comma.
      return value.indexOf(',') >= 0 ? new AgentId.Unreadable("several agent ids") : named(value);
    }

    @Override
    public Optional<String> problem(String id) {
      return without(
          ',',
          id,
          "comma, which separates two ids in a header: write another id, or set AGENT_ID_FROM to"
              + " query:NAME");
    }
  }

  /**
   * A parameter of the query, such as {@code id} of {@code ?id=7}.
   *
   * @param name as decoded
   */
  record QueryParameter(String name) implements AgentIdExtractor {
    private static final int LONGEST_ENCODED_CHARACTER = "%E2%82%AC".length();

    /**
     * @throws IllegalArgumentException when it is empty
     */
    public QueryParameter {
      if (name.isBlank()) {
        throw new IllegalArgumentException("is query:NAME, with the name of a parameter");
      }
    }

    @Override
    public AgentId read(Event.HttpRequest request) {
      String query = request.rawQuery();
      if (query == null || query.isEmpty()) {
        return new AgentId.None();
      }
      Set<String> ids = new LinkedHashSet<>();
      int begin = 0;
      while (begin <= query.length()) {
        int ampersand = query.indexOf('&', begin);
        int end = ampersand < 0 ? query.length() : ampersand;
        int equals = query.indexOf('=', begin, end);
        if (equals >= 0 && isName(query.substring(begin, equals))) {
          String value = query.substring(equals + 1, end);
          if (!FormEncoding.isWellFormed(value)) {
            return new AgentId.Unreadable("an agent id that is not well encoded");
          }
          ids.add(FormEncoding.decode(value));
        }
        begin = end + 1;
      }
      ids.remove("");
      return ids.size() > 1
          ? new AgentId.Unreadable("several agent ids")
          : ids.stream().findFirst().map(AgentIdExtractor::named).orElse(new AgentId.None());
    }

    private boolean isName(String encoded) {
      return encoded.equals(name)
          || (encoded.length() <= LONGEST_ENCODED_CHARACTER * name.length()
              && (encoded.indexOf('%') >= 0 || encoded.indexOf('+') >= 0)
              && FormEncoding.isWellFormed(encoded)
              && FormEncoding.decode(encoded).equals(name));
    }
  }

  /** The user's name of basic authentication (RFC 7617); the password is not looked at. */
  record BasicUser() implements AgentIdExtractor {
    private static final String SCHEME = "basic ";

    @Override
    public AgentId read(Event.HttpRequest request) {
      String value = request.header("authorization").orElse("");
      if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
        return new AgentId.None();
      }
      try {
        byte[] bytes = Base64.getDecoder().decode(value.substring(SCHEME.length()).strip());
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        int colon = text.indexOf(':');
        if (colon < 0) {
          return new AgentId.Unreadable("basic authentication without a colon");
        }
        return colon == 0 ? new AgentId.None() : named(text.substring(0, colon));
      } catch (IllegalArgumentException | CharacterCodingException e) {
        return new AgentId.Unreadable("basic authentication that is not well encoded");
      }
    }

    @Override
    public Optional<String> problem(String id) {
      return without(
          ':', id, "colon, behind which basic authentication has the password: write another id");
    }
  }

  /**
   * What a pattern finds in the {@code User-Agent}; freshclam sends a UUID there. The pattern is
   * matched in time that grows with the length of the header alone, whatever the pattern, and a
   * header that is too long to be an agent's is not looked at.
   *
   * @param pattern with one group, which is the id
   */
  record UserAgent(Pattern pattern) implements AgentIdExtractor {
    private static final int LONGEST = 1_024;

    static UserAgent matching(String pattern) {
      try {
        Pattern compiled = Pattern.compile(pattern);
        if (compiled.groupCount() != 1) {
          throw new IllegalArgumentException(
              "is a pattern with one group, in parentheses, which is the id; it has "
                  + compiled.groupCount());
        }
        return new UserAgent(compiled);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException("is no regular expression: " + e.getMessage(), e);
      }
    }

    @Override
    public AgentId read(Event.HttpRequest request) {
      String value = request.header("user-agent").orElse("");
      if (value.length() > LONGEST) {
        return new AgentId.Unreadable("a User-Agent longer than " + LONGEST + " characters");
      }
      Matcher matcher = pattern.matcher(value);
      if (!matcher.find()) {
        return new AgentId.None();
      }
      String id = matcher.group(1);
      if (id == null || id.isEmpty()) {
        return new AgentId.None();
      }
      return matcher.find() && !id.equals(matcher.group(1))
          ? new AgentId.Unreadable("several agent ids")
          : named(id);
    }

    @Override
    public Optional<String> problem(String id) {
      return AgentIdSyntax.problem(id)
          .or(() ->
              CapturingGroup.of(pattern.pattern())
                  .filter(group -> spellings(id).noneMatch(group::matches))
                  .map(group ->
                      "the id \""
                          + id
                          + "\" is none that the group of AGENT_ID_FROM matches, "
                          + group.pattern()
                          + ": write the id as it stands in the User-Agent"));
    }

    /** Returns the id as agents may write it: the letters of a UUID in either case. */
    private static Stream<String> spellings(String id) {
      String upper = id.toUpperCase(Locale.ROOT);
      String lower = AgentRegistry.normalizeId(upper);
      return lower.equals(upper) ? Stream.of(id) : Stream.of(id, upper, lower);
    }
  }
}
