package updategateway.region;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What proves that a request came through the edge, and so that the edge wrote its headers: a
 * client that reaches the function by another way writes them itself.
 */
public sealed interface EdgeAuthentication {
  /**
   * Whether the request came through the edge.
   *
   * @param signed whether AWS checked a signature on the request
   * @param secret the value of the secret header; null when it has none
   */
  boolean verify(boolean signed, @Nullable String secret);

  /**
   * Only the edge may call the function, and signs its requests: a function URL with {@code
   * AWS_IAM} behind CloudFront's origin access control.
   */
  record SignedRequest() implements EdgeAuthentication {
    @Override
    public boolean verify(boolean signed, @Nullable String secret) {
      return signed;
    }
  }

  /**
   * The edge adds a header with a secret. Two values can be activeSecrets, so that one can be
   * replaced by the other.
   *
   * @param activeSecrets one or two values of at least 16 characters, each a visible one of ASCII:
   *     a header has no others at its ends
   */
  record SharedSecret(List<String> activeSecrets) implements EdgeAuthentication {
    /** The least number of characters in a secret. */
    public static final int MIN_LENGTH = 16;

    /**
     * @throws IllegalArgumentException when there are none or more than two, or one is too short or
     *     has a character that is not visible
     */
    public SharedSecret {
      activeSecrets = List.copyOf(activeSecrets);
      if (activeSecrets.isEmpty()
          || activeSecrets.size() > 2
          || activeSecrets.stream().anyMatch(s -> s.length() < MIN_LENGTH)) {
        throw new IllegalArgumentException(
            "is one or two secrets of at least " + MIN_LENGTH + " characters");
      }
      if (activeSecrets.stream()
          .anyMatch(secret -> !secret.chars().allMatch(c -> c > ' ' && c < 0x7f))) {
        throw new IllegalArgumentException(
            "has a space, a line's end or another character that is not a visible one of ASCII,"
                + " which no header brings: write one or two secrets with a comma alone between"
                + " them");
      }
    }

    @Override
    public boolean verify(boolean signed, @Nullable String secret) {
      if (secret == null) {
        return false;
      }
      byte[] given = secret.getBytes(StandardCharsets.UTF_8);
      boolean equal = false;
      for (String value : activeSecrets) {
        // Every activeSecrets value is compared, each in constant time, so that the time tells
        // nothing.
        equal |= MessageDigest.isEqual(value.getBytes(StandardCharsets.UTF_8), given);
      }
      return equal;
    }

    @Override
    public String toString() {
      return "SharedSecret[" + activeSecrets.size() + " activeSecrets]";
    }
  }
}
