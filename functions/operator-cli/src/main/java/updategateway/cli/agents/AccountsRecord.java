package updategateway.cli.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import updategateway.commandline.UsageException;
import updategateway.store.agents.AgentRepository.Stored;

/**
 * Count and checksum of the accounts of a table, in a file that is kept outside the table.
 *
 * @param checksum the sum of the accounts' SHA-256 modulo 2^256, in hexadecimal: their order does
 *     not matter
 */
record AccountsRecord(long accounts, String checksum, String at) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final int BYTES = 32;
  private static final BigInteger MODULUS = BigInteger.TWO.pow(8 * BYTES);

  /** Sums up accounts in any order. For one thread. */
  static final class Sum {
    private final MessageDigest sha256;
    private long accounts;
    private BigInteger sum = BigInteger.ZERO;

    Sum() {
      try {
        sha256 = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }

    void add(Stored account) {
      // No code has a space; an id may.
      String line = String.join(" ", account.codes()) + "\n" + account.agentId();
      byte[] hash = sha256.digest(line.getBytes(StandardCharsets.UTF_8));
      sum = sum.add(new BigInteger(1, hash)).mod(MODULUS);
      accounts++;
    }

    AccountsRecord at(String time) {
      byte[] bytes = sum.toByteArray();
      byte[] padded = new byte[BYTES];
      int length = Math.min(BYTES, bytes.length);
      System.arraycopy(bytes, bytes.length - length, padded, BYTES - length, length);
      return new AccountsRecord(accounts, HexFormat.of().formatHex(padded), time);
    }
  }

  boolean isSameAs(AccountsRecord other) {
    return accounts == other.accounts && checksum.equals(other.checksum);
  }

  /** Returns how a table with these accounts differs from the one of the record. */
  String difference(AccountsRecord recorded) {
    if (isSameAs(recorded)) {
      return "These are the accounts recorded at " + recorded.at + ".";
    }
    long more = accounts - recorded.accounts;
    return "These are not the accounts recorded at "
        + recorded.at
        + ": "
        + (more == 0
            ? "as many, and some are other accounts or registered elsewhere"
            : Math.abs(more) + (more < 0 ? " fewer" : " more"))
        + ". If nobody changed them on purpose, import them again from your own list, or restore the table.";
  }

  static AccountsRecord read(Path file) throws UsageException {
    JsonNode json;
    try {
      json = JSON.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UsageException(
          file + " cannot be read: name a file that verify --record has written.");
    }
    if (!json.path("accounts").isIntegralNumber() || !json.path("checksum").isTextual()) {
      throw new UsageException(
          file + " is no record of accounts: name a file that verify --record has written.");
    }
    return new AccountsRecord(
        json.path("accounts").asLong(), json.path("checksum").asText(), json.path("at").asText());
  }

  void write(Path file) throws UsageException {
    try {
      Files.writeString(file, JSON.writeValueAsString(json()) + "\n");
    } catch (IOException e) {
      throw new UsageException(file + " cannot be written: name another file with --record.");
    }
  }

  ObjectNode json() {
    return JSON.createObjectNode()
        .put("accounts", accounts)
        .put("checksum", checksum)
        .put("at", at);
  }
}
