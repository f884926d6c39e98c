package updategateway.region;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What proves that a request came through the edge, and so that the edge wrote its headers: a
 * client that reaches the function by another way writes them itself.
 */
public sealed interface EdgeProof {
  /**
   * Whether the request came through the edge.
   *
   * @param signed whether AWS checked a signature on the request
   * @param secret the value of the secret header; null when it has none
   */
  boolean holds(boolean signed, @Nullable String secret);

  /**
   * Only the edge may call the function, and signs its requests: a function URL with {@code
   * AWS_IAM} behind CloudFront's origin access control.
   */
  record SignedRequest() implements EdgeProof {
    @Override
    public boolean holds(boolean signed, @Nullable String secret) {
      return signed;
    }
  }

  /**
   * The edge adds a header with a secret. Two values can be live, so that one can be replaced by
   * the other.
   *
   * @param live one or two values of at least 16 characters, each a visible one of ASCII: a header
   *     has no others at its ends
   */
  record SharedSecret(List<String> live) implements EdgeProof {
    /** The least number of characters in a secret. */
    public static final int SHORTEST = 16;

    /**
     * @throws IllegalArgumentException when there are none or more than two, or one is too short or
     *     has a character that is not visible
     */
    public SharedSecret {
      live = List.copyOf(live);
      if (live.isEmpty() || live.size() > 2 || live.stream().anyMatch(s -> s.length() < SHORTEST)) {
        throw new IllegalArgumentException(
            "is one or two secrets of at least " + SHORTEST + " characters");
      }
      if (live.stream().anyMatch(secret -> !secret.chars().allMatch(c -> c > ' ' && c < 0x7f))) {
        throw new IllegalArgumentException(
            "has a space, a line's end or another character that is not a visible one of ASCII,"
                + " which no header brings: write one or two secrets with a comma alone between"
                + " them");
      }
    }

    @Override
    public boolean holds(boolean signed, @Nullable String secret) {
      if (secret == null) {
        return false;
      }
      byte[] given = secret.getBytes(StandardCharsets.UTF_8);
      boolean equal = false;
      for (String value : live) {
        // Every live value is compared, each in constant time, so that the time tells nothing.
        equal |= MessageDigest.isEqual(value.getBytes(StandardCharsets.UTF_8), given);
      }
      return equal;
    }

    @Override
    public String toString() {
      return "SharedSecret[" + live.size() + " live]";
    }
  }
}
