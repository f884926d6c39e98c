package updategateway.store.history;

import static updategateway.store.dynamodb.TableSchema.ACTIVATION;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import updategateway.policy.set.Digest;
import updategateway.policy.set.PolicySet;
import updategateway.store.dynamodb.Attribute;
import updategateway.store.dynamodb.CorruptionKind;
import updategateway.store.dynamodb.ItemReader;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.SdkItemReader;
import updategateway.store.dynamodb.Table;
import updategateway.store.dynamodb.TableSchema;
import updategateway.store.sets.PolicySetItemCodec;

/**
 * Policy sets in their table. A set's items are written once and never changed; which set is in
 * force is one item, moved together with an entry of the history in one transaction. Whoever stops
 * half-way, at whatever write, leaves the old set in force. Safe for many threads and for many
 * processes.
 */
public final class PolicySetRepository {
  private static final int ATTEMPTS = 20;
  private static final Duration MAX_PAUSE = Duration.ofMillis(50);

  private final Table table;
  private final DeploymentLedger requests;
  private final PolicySetItemCodec sets;

  public PolicySetRepository(DynamoDbClient client, String table) {
    this(new SdkItemReader(client), client, table);
  }

  /**
   * @param writer null where nothing is changed; whatever would then throws an {@link
   *     UnsupportedOperationException}
   */
  public PolicySetRepository(ItemReader reader, @Nullable DynamoDbClient writer, String table) {
    this.table = new Table(reader, writer, table);
    this.requests = new DeploymentLedger(this.table);
    this.sets = new PolicySetItemCodec(this.table);
  }

  /**
   * Puts a set in force: writes its items, reads them back, and moves the pointer if nobody else
   * has moved it meanwhile. The same set or the same request again changes nothing.
   *
   * @param now what the history says as the time, unless the entry before is later
   * @throws PolicyStoreException when it is not in force; then whatever was in force before still
   *     is
   */
  public DeploymentResult putInForce(PolicySet set, Activation.Request request, Instant now)
      throws PolicyStoreException {
    return putInForce(set, request, now, () -> true);
  }

  /**
   * The same, for who may change their mind meanwhile.
   *
   * @param commitAllowed asked right before the one step that has an effect, perhaps more than
   *     once; from false on nothing is changed any more
   * @throws PolicyStoreException.Abandoned when the answer was false, or the request was given up
   */
  public DeploymentResult putInForce(
      PolicySet set, Activation.Request request, Instant now, BooleanSupplier commitAllowed)
      throws PolicyStoreException {
    Activation tried = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      DeploymentLedger.Outcome outcome = requests.find(request.requestId()).orElse(null);
      if (outcome instanceof DeploymentLedger.Abandoned(Instant at)) {
        throw new PolicyStoreException.Abandoned(
            "the request " + request.requestId() + " was given up at " + at);
      }
      ActiveSet before = inForce().orElse(null);
      if (outcome instanceof DeploymentLedger.Done(long sequence)) {
        return done(sequence, before, tried);
      }
      sets.write(set);
      if (!commitAllowed.getAsBoolean()) {
        throw new PolicyStoreException.Abandoned(
            "the request " + request.requestId() + " was given up before it took effect");
      }
      if (before != null && before.digest().equals(set.digest())) {
        if (requests.noteDone(request.requestId(), before.sequence())) {
          return new DeploymentResult.AlreadyInForce(before);
        }
      } else {
        tried = Activation.following(before, set.digest(), request, now);
        if (ActivationTransaction.commit(table, tried, before)) {
          return new DeploymentResult.Activated(tried);
        }
      }
      pause();
    }
    throw new PolicyStoreException.Unavailable(
        "others put sets in force all the time: gave up after "
            + ATTEMPTS
            + " attempts; try again");
  }

  /** A request that has been carried out, perhaps by a call of ours whose answer was lost. */
  private DeploymentResult done(
      long sequence, @Nullable ActiveSet inForce, @Nullable Activation tried)
      throws PolicyStoreException {
    Map<String, Attribute> item =
        table.get("read the history", TableSchema.ACTIVATION, ActivationItem.place(sequence));
    if (item.isEmpty() || inForce == null) {
      throw new PolicyStoreException.Corrupt(
          CorruptionKind.HISTORY,
          "the request was carried out as activation "
              + sequence
              + ", and the history or the item "
              + TableSchema.IN_FORCE
              + " does not know of it: verify the history");
    }
    Activation activation = ActivationItem.read(item);
    return activation.equals(tried)
        ? new DeploymentResult.Activated(activation)
        : new DeploymentResult.AlreadyDone(activation, inForce);
  }

  /**
   * Notes that a request has arrived, so that whoever gets it again knows how old it is. It need
   * not be called before a set is put in force.
   *
   * @return when the request was first noted; now, when it has come to its end
   * @throws PolicyStoreException when nobody can tell
   */
  public Instant begin(String requestId, Instant now) throws PolicyStoreException {
    return requests.begin(requestId, now);
  }

  /**
   * Gives a request up: it takes no effect from now on, in whatever process it may still be on its
   * way.
   *
   * @return true when it never took effect and never will; false when it was carried out before
   * @throws PolicyStoreException when nobody can tell
   */
  public boolean abandon(String requestId, Instant now) throws PolicyStoreException {
    return requests.noteAbandoned(requestId, now)
        || requests.find(requestId).orElse(null) instanceof DeploymentLedger.Abandoned;
  }

  /**
   * Which set is in force, held against the entry of the history that put it in force; empty when
   * none ever was.
   *
   * @throws PolicyStoreException.Corrupt when the two do not agree, or one of them is gone; the
   *     message says what to restore
   * @throws PolicyStoreException when nobody can tell
   */
  public Optional<ActiveSet> inForce() throws PolicyStoreException {
    Map<String, Attribute> pointer = HistorySnapshot.pointer(table);
    Map<String, Attribute> last = table.last(ACTIVATION);
    Optional<Activation> head = HistoryVerifier.head(pointer, last);
    if (head.isEmpty()) {
      // Nothing is in force, or something is wrong, or the two were read from two moments.
      HistorySnapshot now = HistorySnapshot.read(table, ACTIVATION);
      head = HistoryVerifier.head(now.pointer(), now.last(ACTIVATION));
      if (head.isEmpty()) {
        head = last(HistoryVerifier.ofChain(now.pointer(), now.items(ACTIVATION)).proven());
      }
    }
    return head.map(Activation::inForce);
  }

  /**
   * Which set is in force by the pointer alone, for who has to answer at once; empty when there is
   * no pointer. As of now: an answer of a replica that lags could put an older law in force again.
   *
   * <p>The gateway asks like this, one item an interval, and takes what it says: whoever can write
   * the pointer can also write the entry that it names, so that to compare them would stop a slip
   * of the hand and no attacker, at the price of a second read that can fail while people wait. The
   * set itself is verified against its name, each answer and each line of the log has that name,
   * and {@link #inForce()} finds the slip.
   *
   * @throws PolicyStoreException.Corrupt when it is not as it is ever written
   * @throws PolicyStoreException when nobody can tell
   */
  public Optional<ActiveSet> readPointer() throws PolicyStoreException {
    Map<String, Attribute> item = HistorySnapshot.pointer(table);
    if (item.isEmpty()) {
      return Optional.empty();
    }
    ActiveSet inForce = ActivationItem.readPointer(item);
    ActivationItem.requireAsWritten(item, inForce);
    return Optional.of(inForce);
  }

  /**
   * The set of this name, verified against it.
   *
   * @throws PolicyStoreException when it cannot be read, or is not what its name says
   */
  public PolicySet read(Digest digest) throws PolicyStoreException {
    return sets.read(digest);
  }

  /**
   * All that was ever put in force, the oldest first, as of now: every entry as it was written, and
   * the last one what the pointer says.
   *
   * @throws PolicyStoreException.Corrupt when that is not so; the message says what to restore
   * @throws PolicyStoreException when it cannot be read
   */
  public List<Activation> history() throws PolicyStoreException {
    return readHistory().proven();
  }

  /**
   * The same, with what is wrong as findings. The sets and the requests that the entries name are
   * not looked at.
   *
   * @throws PolicyStoreException when something cannot be read now; what reads wrongly is a finding
   */
  public HistoryReport readHistory() throws PolicyStoreException {
    HistorySnapshot now = HistorySnapshot.read(table, ACTIVATION);
    return HistoryVerifier.ofChain(now.pointer(), now.items(ACTIVATION));
  }

  /**
   * The activation by which a set was in force at an instant: the last one whose millisecond, as
   * times are shown and requests are decided, is not after it. Of several in the same instant the
   * last one counts; the others were in force for no time. Empty when none was in force yet.
   *
   * <p>Each activation carries the clock of whoever deployed, but never a time before the one
   * before it, so that at every instant exactly one was in force. Gateways follow within their
   * refresh interval.
   *
   * @throws PolicyStoreException.Corrupt when the history proves nothing, as it is
   * @throws PolicyStoreException when the history cannot be read
   */
  public Optional<Activation> inForceAt(Instant instant) throws PolicyStoreException {
    return last(
        history().stream()
            .filter(activation -> !activation.at().truncatedTo(ChronoUnit.MILLIS).isAfter(instant))
            .toList());
  }

  private static Optional<Activation> last(List<Activation> activations) {
    return activations.isEmpty() ? Optional.empty() : Optional.of(activations.getLast());
  }

  /**
   * Verifies the history: entry by entry, each against the one before, the last against the
   * pointer, and every set and request that an entry names. Reads all of them.
   *
   * @throws PolicyStoreException when something cannot be read now; what reads wrongly is a finding
   */
  public HistoryReport verifyHistory() throws PolicyStoreException {
    HistorySnapshot now = HistorySnapshot.read(table, ACTIVATION, TableSchema.REQUEST);
    return HistoryVerifier.ofAll(
        now.pointer(), now.items(ACTIVATION), now.items(TableSchema.REQUEST), this::problem);
  }

  private Optional<String> problem(Digest digest) throws PolicyStoreException {
    try {
      read(digest);
      return Optional.empty();
    } catch (PolicyStoreException.Corrupt e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static void pause() throws PolicyStoreException {
    try {
      Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextLong(MAX_PAUSE.toMillis())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PolicyStoreException.Unavailable("interrupted while waiting for others", e);
    }
  }
}
