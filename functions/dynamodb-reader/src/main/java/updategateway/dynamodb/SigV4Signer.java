package updategateway.dynamodb;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.InstantFormat;

/**
 * AWS Signature Version 4 of a POST to the root of an endpoint ("Create a signed AWS API request",
 * IAM User Guide). HMAC by RFC 2104 is written out: it is short, and {@code javax.crypto} would
 * have to be got ready at each start.
 */
final class SigV4Signer {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final int BLOCK_BYTES = 64;

  private final Credentials credentials;
  private final String region;
  private final String service;

  /** Of the day on which was last signed. */
  private volatile @Nullable DayKey dayKey;

  private static final class DayKey {
    private final String day;
    private final byte[] key;

    private DayKey(String day, byte[] key) {
      this.day = day;
      this.key = key;
    }
  }

  SigV4Signer(Credentials credentials, String region, String service) {
    this.credentials = credentials;
    this.region = region;
    this.service = service;
  }

  /**
   * The headers of a request with those that sign it.
   *
   * @param endpoint where it goes; its host is signed
   * @param headers names in lower case; all of them are signed
   */
  Map<String, String> sign(URI endpoint, Map<String, String> headers, byte[] body, Instant now) {
    String time =
        InstantFormat.format(now.truncatedTo(ChronoUnit.SECONDS)).replace("-", "").replace(":", "");
    Map<String, String> signed = new TreeMap<>(headers);
    signed.put("host", host(endpoint));
    signed.put("x-amz-date", time);
    if (credentials.sessionToken() != null) {
      signed.put("x-amz-security-token", credentials.sessionToken());
    }
    StringBuilder request = new StringBuilder("POST\n/\n\n");
    signed.forEach((name, value) -> request.append(name).append(':').append(value).append('\n'));
    String names = String.join(";", signed.keySet());
    request.append('\n').append(names).append('\n').append(hex(sha256(body)));

    String day = time.substring(0, 8);
    String scope = day + "/" + region + "/" + service + "/aws4_request";
    String text =
        ALGORITHM + "\n" + time + "\n" + scope + "\n" + hex(sha256(bytes(request.toString())));
    Map<String, String> sent = new TreeMap<>(signed);
    // The connection writes it itself, the same.
    sent.remove("host");
    sent.put(
        "authorization",
        ALGORITHM
            + " Credential="
            + credentials.accessKeyId()
            + "/"
            + scope
            + ", SignedHeaders="
            + names
            + ", Signature="
            + hex(hmac(key(day), text)));
    return sent;
  }

  private byte[] key(String day) {
    DayKey known = dayKey;
    if (known == null || !known.day.equals(day)) {
      byte[] key = hmac(bytes("AWS4" + credentials.secretKey()), day);
      known = new DayKey(day, hmac(hmac(hmac(key, region), service), "aws4_request"));
      dayKey = known;
    }
    return known.key;
  }

  /** As {@code HttpURLConnection} writes it. */
  private static String host(URI endpoint) {
    boolean usual =
        endpoint.getPort() < 0
            || endpoint.getPort() == ("https".equals(endpoint.getScheme()) ? 443 : 80);
    return endpoint.getHost() + (usual ? "" : ":" + endpoint.getPort());
  }

  private static byte[] hmac(byte[] key, String text) {
    byte[] block = Arrays.copyOf(key.length > BLOCK_BYTES ? sha256(key) : key, BLOCK_BYTES);
    byte[] inner = sha256(padded(block, 0x36), bytes(text));
    return sha256(padded(block, 0x5c), inner);
  }

  private static byte[] padded(byte[] block, int pad) {
    byte[] padded = new byte[block.length];
    for (int i = 0; i < block.length; i++) {
      padded[i] = (byte) (block[i] ^ pad);
    }
    return padded;
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
