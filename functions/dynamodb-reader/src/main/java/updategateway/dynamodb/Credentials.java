package updategateway.dynamodb;

import org.jspecify.annotations.Nullable;

/**
 * By whom requests are signed.
 *
 * @param sessionToken null for those that never expire
 */
record Credentials(String accessKeyId, String secretKey, @Nullable String sessionToken) {
  /** Not the secrets. */
  @Override
  public String toString() {
    return "Credentials[" + accessKeyId + "]";
  }
}
