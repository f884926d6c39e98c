package updategateway.store.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.policy.set.CanonicalForm;
import updategateway.policy.set.Digest;
import updategateway.policy.source.Document;
import updategateway.policy.source.Position;
import updategateway.store.dynamodb.TableSchema;

/**
 * One entry of the history: a set was put in force.
 *
 * <p>Entries are chained: each names the hash of the one before it, so that whoever holds the last
 * hash can tell whether any earlier entry was changed, taken out or put in. An entry's hash is the
 * SHA-256 of the canonical JSON (RFC 8785) of its other facts under their names in the table, all
 * of them texts (the sequence in decimal), absent ones left out: {@code at by digest previous
 * previousEntry reason requestId sequence stack}.
 *
 * @param sequence from 1, without gaps
 * @param digest the set
 * @param previous the set in force before; null for the first
 * @param at when; never earlier than the entry before, whatever the clocks of those who deploy say
 * @param request who asked for it, how and why
 * @param previousEntry the hash of the entry before; null for the first
 * @param entry the hash of this entry as it was written, which need not be that of its facts: see
 *     {@link #isIntact()}
 */
public record Activation(
    long sequence,
    Digest digest,
    @Nullable Digest previous,
    Instant at,
    Request request,
    @Nullable Digest previousEntry,
    Digest entry) {
  /**
   * Who asks for a set to be put in force.
   *
   * @param by a person or a service
   * @param stack the deployment's stack, or what stands for it
   * @param requestId unique to the attempt: the same one again changes nothing
   * @param reason why, where somebody said so; kept in the history
   */
  public record Request(String by, String stack, String requestId, @Nullable String reason) {
    private static final int LONGEST = 1_000;

    /** A sort key of DynamoDB has at most 1024 bytes. */
    private static final int LONGEST_ID = 250;

    /**
     * @throws IllegalArgumentException when one of them is blank, longer than 1000 characters (the
     *     id: 250) or has a line break or another control character in it
     */
    public Request {
      check("who asks for it", by, LONGEST);
      check("the stack", stack, LONGEST);
      check("the request's id", requestId, LONGEST_ID);
      if (reason != null) {
        check("the reason", reason, LONGEST);
      }
    }

    private static void check(String what, String text, int longest) {
      if (text.isBlank()) {
        throw new IllegalArgumentException(
            what + " is empty: an activation names who, from where and by which request");
      }
      if (text.length() > longest) {
        throw new IllegalArgumentException(
            what + " has " + text.length() + " characters: write at most " + longest);
      }
      if (text.codePoints().anyMatch(Request::isUnprintable)) {
        throw new IllegalArgumentException(
            what + " has a line break or another control character in it: write one line");
      }
    }

    private static boolean isUnprintable(int codePoint) {
      return Character.isISOControl(codePoint)
          || Character.getType(codePoint) == Character.SURROGATE;
    }
  }

  /** The entry that comes after what is in force; the first one when nothing is. */
  static Activation following(
      @Nullable ActiveSet before, Digest digest, Request request, Instant now) {
    long sequence = before == null ? 1 : before.sequence() + 1;
    Digest previous = before == null ? null : before.digest();
    Digest previousEntry = before == null ? null : before.entry();
    Instant at = before != null && before.since().isAfter(now) ? before.since() : now;
    return new Activation(
        sequence,
        digest,
        previous,
        at,
        request,
        previousEntry,
        hash(sequence, digest, previous, at, request, previousEntry));
  }

  /** Whether the hash is that of the facts; if not, somebody changed one or the other. */
  public boolean isIntact() {
    return entry.equals(hash(sequence, digest, previous, at, request, previousEntry));
  }

  private static Digest hash(
      long sequence,
      Digest digest,
      @Nullable Digest previous,
      Instant at,
      Request request,
      @Nullable Digest previousEntry) {
    List<Document.Field> facts = new ArrayList<>();
    add(facts, TableSchema.SEQUENCE, Long.toString(sequence));
    add(facts, TableSchema.DIGEST, digest.hex());
    add(facts, TableSchema.PREVIOUS, previous == null ? null : previous.hex());
    add(facts, TableSchema.AT, at.toString());
    add(facts, TableSchema.BY, request.by());
    add(facts, TableSchema.STACK, request.stack());
    add(facts, TableSchema.REQUEST_ID, request.requestId());
    add(facts, TableSchema.REASON, request.reason());
    add(facts, TableSchema.PREVIOUS_ENTRY, previousEntry == null ? null : previousEntry.hex());
    return Digest.ofBytes(CanonicalForm.json(new Document.Mapping(facts, Position.NONE)));
  }

  private static void add(List<Document.Field> facts, String name, @Nullable String value) {
    if (value != null) {
      facts.add(new Document.Field(name, Position.NONE, new Document.Text(value, Position.NONE)));
    }
  }

  /** What is in force by this activation, until the next one. */
  public ActiveSet inForce() {
    return new ActiveSet(digest, at, request.by(), sequence, entry);
  }
}
