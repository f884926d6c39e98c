package updategateway.policy.set;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The name of a policy set: the SHA-256 of its canonical JSON.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) {
  private static final int DIGITS = 64;

  /**
   * @throws IllegalArgumentException when it is not 64 lower-case hexadecimal digits
   */
  public Digest {
    if (!isDigest(hex)) {
      throw new IllegalArgumentException("not a SHA-256 in lower-case hexadecimal: " + hex);
    }
  }

  private static boolean isDigest(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return text.length() == DIGITS;
  }

  /** The digest of these bytes. */
  public static Digest ofBytes(byte[] bytes) {
    try {
      return new Digest(
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The first twelve digits, enough to tell sets apart in a line a person reads. */
  public String abbreviated() {
    return hex.substring(0, 12);
  }

  // As a record has them, without the machinery that a record's first question sets up.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Digest digest && digest.hex.equals(hex);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  @Override
  public String toString() {
    return hex;
  }
}
