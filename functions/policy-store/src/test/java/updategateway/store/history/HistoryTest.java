package updategateway.store.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import updategateway.policy.set.PolicySet;
import updategateway.policy.testing.RandomPolicySets;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.Item;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.SdkAttributes;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.history.HistoryFinding.Kind;
import updategateway.store.testing.TestTables;

/** A history of five entries, and what a forger may do to it. */
final class HistoryTest {
  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
  private static final PolicySet ONE = set(1);
  private static final PolicySet TWO = set(2);

  private StoreSettings settings = TestTables.create();
  private DynamoDbClient client = PolicyStore.client(settings);
  private PolicySetRepository store = new PolicySetRepository(client, settings.policySetsTable());

  @BeforeEach
  void fiveEntries() throws Exception {
    for (int i = 1; i <= 5; i++) {
      put(i % 2 == 0 ? TWO : ONE, "r" + i, i == 5 ? "the court said so" : null, minute(i));
    }
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void entriesSayWhoWhenWhyAndWhatWasBefore() throws Exception {
    List<Activation> history = store.history();
    assertThat(history).hasSize(5);
    Activation first = history.getFirst();
    assertThat(first.sequence()).isEqualTo(1);
    assertThat(first.previous()).isNull();
    assertThat(first.previousEntry()).isNull();
    Activation last = history.getLast();
    assertThat(last.sequence()).isEqualTo(5);
    assertThat(last.digest()).isEqualTo(ONE.digest());
    assertThat(last.previous()).isEqualTo(TWO.digest());
    assertThat(last.at()).isEqualTo(minute(5));
    assertThat(last.request())
        .isEqualTo(new Activation.Request("ada", "stack-1", "r5", "the court said so"));
    assertThat(last.previousEntry()).isEqualTo(history.get(3).entry());
    assertThat(store.inForce())
        .contains(new ActiveSet(ONE.digest(), minute(5), "ada", 5, last.entry()));
  }

  /** Written out, so that anybody can verify an entry with nothing but sha256sum. */
  @Test
  void theHashIsThatOfTheFactsAsCanonicalJson() throws Exception {
    Map<String, AttributeValue> item = item(5);
    String json =
        ("{\"at\":\"2026-01-15T12:05:00Z\",\"by\":\"ada\",\"digest\":\"%s\",\"previous\":\"%s\","
                + "\"previousEntry\":\"%s\",\"reason\":\"the court said so\",\"requestId\":\"r5\","
                + "\"sequence\":\"5\",\"stack\":\"stack-1\"}")
            .formatted(ONE.digest(), TWO.digest(), text(item(4), "entry"));
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
    assertThat(text(item, "entry")).isEqualTo(HexFormat.of().formatHex(hash));
  }

  @Test
  void aHistoryThatNobodyTouchedVerifies() throws Exception {
    HistoryReport report = store.verifyHistory();
    assertThat(report.findings()).isEmpty();
    assertThat(report.verifies()).isTrue();
    assertThat(report.entries()).isEqualTo(store.history());
    assertThat(report.head().map(Activation::sequence)).contains(5L);
  }

  @Test
  void anEmptyTableVerifies() throws Exception {
    StoreSettings empty = TestTables.create();
    PolicySetRepository none = new PolicySetRepository(client, empty.policySetsTable());
    assertThat(none.verifyHistory().findings()).isEmpty();
    assertThat(none.verifyHistory().head()).isEmpty();
    assertThat(none.inForceAt(NOW)).isEmpty();
  }

  enum Forgery {
    FACT_CHANGED(Kind.CHANGED, 3, "Entry 3 was changed"),
    REASON_ADDED(Kind.CHANGED, 3, "Entry 3 was changed"),
    REASON_TAKEN(Kind.CHANGED, 5, "Entry 5 was changed"),
    ATTRIBUTE_ADDED(Kind.CHANGED, 3, "it has [loophole]"),
    TYPE_CHANGED(Kind.CHANGED, 3, "cannot be read"),
    FACT_GONE(Kind.CHANGED, 3, "has no by"),
    MISSING(Kind.MISSING, 3, "Entry 3 is missing."),
    FIRST_MISSING(Kind.MISSING, 1, "Entry 1 is missing."),
    LAST_CUT_OFF(Kind.MISSING, 5, "cut off"),
    LAST_TWO_CUT_OFF(Kind.MISSING, 4, "Entries 4 to 5 are missing"),
    ALL_GONE(Kind.MISSING, 1, "Entries 1 to 5 are missing"),
    SWAPPED(Kind.OUT_OF_PLACE, 2, "In the place of entry 2 stands entry 3."),
    COPIED_OVER_ANOTHER(Kind.DUPLICATED, 3, "a copy of entry 2"),
    COPIED_TO_THE_END(Kind.DUPLICATED, 6, "a copy of entry 2"),
    REWRITTEN_WITH_ITS_HASH(Kind.UNLINKED, 4, "Entry 4 does not follow entry 3"),
    APPENDED(Kind.FOREIGN, 6, "Entry 6 was never put in force"),
    NO_ENTRY(Kind.FOREIGN, 0, "zzz"),
    POINTER_TO_ANOTHER_SET(Kind.POINTER, 5, "is not what entry 5 says"),
    POINTER_MOVED_BACK(Kind.FOREIGN, 5, "ends the history with entry 4"),
    POINTER_MISSING(Kind.POINTER, 0, "Nothing says which set is in force"),
    POINTER_ATTRIBUTE_ADDED(Kind.POINTER, 0, "it has [loophole], which it never has"),
    POINTER_WRITTEN_OTHERWISE(Kind.POINTER, 0, "written otherwise than it is by a deployment"),
    POINTER_UNREADABLE(Kind.POINTER, 0, "cannot be read"),
    POINTER_FAR_AHEAD(Kind.MISSING, 6, "Entries 6 to 999999999999 are missing"),
    POINTER_BEYOND_ALL(Kind.POINTER, 0, "names entry 9223372036854775807"),
    REQUEST_FORGOTTEN(Kind.REQUEST, 3, "r3"),
    SET_GONE(Kind.SET, 2, "Entries 2, 4: the policy set"),
    SET_CHANGED(Kind.SET, 2, "Entries 2, 4: the policy set");

    private final Kind kind;
    private final long sequence;
    private final String words;

    Forgery(Kind kind, long sequence, String words) {
      this.kind = kind;
      this.sequence = sequence;
      this.words = words;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aForgeryIsFoundAndNamed(Forgery forgery) throws Exception {
    commit(forgery);
    HistoryReport report = store.verifyHistory();
    assertThat(report.verifies()).isFalse();
    assertThat(report.findings())
        .as("%s", report.findings())
        .anySatisfy(finding -> {
          assertThat(finding.kind()).isEqualTo(forgery.kind);
          assertThat(finding.sequence()).isEqualTo(forgery.sequence);
          assertThat(finding.sentence()).contains(forgery.words).endsWith(".");
        });
    if (forgery.kind == Kind.CHANGED) {
      assertThat(report.findings()).as("one deed, one finding").hasSize(1);
    }
  }

  /** Otherwise somebody would restore records of requests that nobody touched. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void whereThePointerNamesAnEarlierEntryOnlyThePointerIsMended(int sequence) throws Exception {
    changePointer(item -> item.put("sequence", AttributeValue.fromN(Integer.toString(sequence))));
    assertThat(store.verifyHistory().findings())
        .isNotEmpty()
        .allSatisfy(finding -> {
          assertThat(finding.kind()).isNotEqualTo(Kind.REQUEST);
          assertThat(finding.remedy()).startsWith("Restore the item in-force / in-force and ");
        });

    write(
        SdkAttributes.of(
            ActivationItem.pointer(store.readHistory().entries().get(sequence - 1).inForce())));
    assertThat(store.verifyHistory().findings())
        .isNotEmpty()
        .allSatisfy(finding -> {
          assertThat(finding.kind()).isEqualTo(Kind.FOREIGN);
          assertThat(finding.remedy()).startsWith("Restore the item in-force / in-force and ");
        });
  }

  @Test
  void aRequestSaidToHaveLedToNoEntryIsFound() throws Exception {
    for (String number : List.of("0", "6")) {
      Map<String, AttributeValue> request = new HashMap<>(read("request", "r5"));
      request.put("sk", AttributeValue.fromS("r6"));
      request.put("sequence", AttributeValue.fromN(number));
      write(request);
      assertThat(store.verifyHistory().findings())
          .singleElement()
          .satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.REQUEST);
            assertThat(finding.sentence()).contains("r6", "entry " + number + ", which is none");
            assertThat(finding.remedy()).startsWith("Restore the item request / r6 ");
          });
    }
  }

  private void commit(Forgery forgery) throws Exception {
    switch (forgery) {
      case FACT_CHANGED -> change(3, item -> item.put("by", AttributeValue.fromS("eve")));
      case REASON_ADDED -> change(3, item -> item.put("reason", AttributeValue.fromS("because")));
      case REASON_TAKEN -> change(5, item -> item.remove("reason"));
      case ATTRIBUTE_ADDED -> change(3, item -> item.put("loophole", AttributeValue.fromS("yes")));
      case TYPE_CHANGED -> change(3, item -> item.put("at", AttributeValue.fromN("1")));
      case FACT_GONE -> change(3, item -> item.remove("by"));
      case MISSING -> delete("activation", place(3));
      case FIRST_MISSING -> delete("activation", place(1));
      case LAST_CUT_OFF -> delete("activation", place(5));
      case LAST_TWO_CUT_OFF -> {
        delete("activation", place(4));
        delete("activation", place(5));
      }
      case ALL_GONE -> {
        for (int i = 1; i <= 5; i++) {
          delete("activation", place(i));
        }
      }
      case SWAPPED -> {
        Map<String, AttributeValue> two = new HashMap<>(item(2));
        Map<String, AttributeValue> three = new HashMap<>(item(3));
        two.put("sk", AttributeValue.fromS(place(3)));
        three.put("sk", AttributeValue.fromS(place(2)));
        write(two);
        write(three);
      }
      case COPIED_OVER_ANOTHER -> change(2, item -> item.put("sk", AttributeValue.fromS(place(3))));
      case COPIED_TO_THE_END -> change(2, item -> item.put("sk", AttributeValue.fromS(place(6))));
      case REWRITTEN_WITH_ITS_HASH -> {
        Activation three = store.history().get(2);
        write(
            SdkAttributes.of(
                ActivationItem.of(
                    Activation.following(
                        store.history().get(1).inForce(),
                        three.digest(),
                        new Activation.Request("eve", "stack-1", "r3", null),
                        three.at()))));
      }
      case APPENDED ->
          write(
              SdkAttributes.of(
                  ActivationItem.of(
                      Activation.following(
                          store.inForce().orElseThrow(),
                          TWO.digest(),
                          new Activation.Request("eve", "stack-1", "r6", null),
                          minute(6)))));
      case NO_ENTRY -> change(3, item -> item.put("sk", AttributeValue.fromS("zzz")));
      case POINTER_TO_ANOTHER_SET ->
          changePointer(item -> item.put("digest", AttributeValue.fromS(TWO.digest().hex())));
      case POINTER_MOVED_BACK ->
          write(SdkAttributes.of(ActivationItem.pointer(store.history().get(3).inForce())));
      case POINTER_MISSING -> delete("in-force", "in-force");
      case POINTER_ATTRIBUTE_ADDED ->
          changePointer(item -> item.put("loophole", AttributeValue.fromS("yes")));
      case POINTER_WRITTEN_OTHERWISE ->
          changePointer(
              item -> item.put("since", AttributeValue.fromS("2026-01-15T12:05:00.000Z")));
      case POINTER_UNREADABLE -> changePointer(item -> item.remove("since"));
      case POINTER_FAR_AHEAD ->
          changePointer(item -> item.put("sequence", AttributeValue.fromN("999999999999")));
      case POINTER_BEYOND_ALL ->
          changePointer(
              item -> item.put("sequence", AttributeValue.fromN(Long.toString(Long.MAX_VALUE))));
      case REQUEST_FORGOTTEN -> delete("request", "r3");
      case SET_GONE -> delete("set#" + TWO.digest().hex(), "catalog");
      case SET_CHANGED -> {
        Map<String, AttributeValue> catalog =
            new HashMap<>(read("set#" + TWO.digest().hex(), "catalog"));
        catalog.put("loophole", AttributeValue.fromS("yes"));
        write(catalog);
      }
    }
  }

  @Test
  void atEveryInstantOneWasInForce() throws Exception {
    assertThat(sequenceAt(minute(1).minusNanos(1))).isEmpty();
    assertThat(sequenceAt(Instant.MIN)).isEmpty();
    for (int i = 1; i <= 5; i++) {
      assertThat(sequenceAt(minute(i))).contains((long) i);
      assertThat(sequenceAt(minute(i + 1).minusNanos(1))).contains((long) i);
    }
    assertThat(sequenceAt(Instant.MAX)).contains(5L);
  }

  @Test
  void aTimeAsItIsShownFindsItsActivation() throws Exception {
    put(TWO, "r6", null, minute(6).plusNanos(860_040_479));
    assertThat(sequenceAt(minute(6).plusMillis(860))).contains(6L);
    assertThat(sequenceAt(minute(6).plusMillis(859))).contains(5L);
    assertThat(store.history().getLast().at()).isEqualTo(minute(6).plusNanos(860_040_479));
  }

  @Test
  void aClockThatIsBehindDoesNotTurnTheHistoryRound() throws Exception {
    put(TWO, "r6", null, minute(-1_000));
    assertThat(store.history().getLast().at()).isEqualTo(minute(5));
    assertThat(sequenceAt(minute(5))).as("the later of two in one instant").contains(6L);
    assertThat(sequenceAt(minute(5).minusNanos(1))).contains(4L);
    assertThat(store.verifyHistory().findings()).isEmpty();
  }

  @Test
  void aPointerThatIsGoneOrBehindIsNotDeployedOver() throws Exception {
    Optional<ActiveSet> before = store.inForce();
    commit(Forgery.POINTER_MOVED_BACK);
    assertThatExceptionOfType(PolicyStoreException.Corrupt.class)
        .isThrownBy(() -> put(ONE, "r6", null, minute(6)))
        .withMessageContaining("entry 5 was never put in force")
        .withMessageContaining("Restore the item in-force / in-force");
    commit(Forgery.POINTER_MISSING);
    assertThatExceptionOfType(PolicyStoreException.Corrupt.class)
        .isThrownBy(() -> put(TWO, "r7", null, minute(6)))
        .withMessageContaining("is missing");
    write(SdkAttributes.of(ActivationItem.pointer(before.orElseThrow())));
    assertThat(store.verifyHistory().findings()).isEmpty();
  }

  @Test
  void whatAnActivationSaysIsOneLineOfEach() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Activation.Request(" ", "s", "r", null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Activation.Request("b", "s", "r", ""))
        .withMessageContaining("the reason");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Activation.Request("b", "s", "r", "two\nlines"))
        .withMessageContaining("write one line");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Activation.Request("b", "s", "r".repeat(251), null))
        .withMessageContaining("at most 250");
  }

  private Optional<Long> sequenceAt(Instant instant) throws PolicyStoreException {
    return store.inForceAt(instant).map(Activation::sequence);
  }

  private void put(PolicySet set, String requestId, @Nullable String reason, Instant at)
      throws PolicyStoreException {
    store.putInForce(set, new Activation.Request("ada", "stack-1", requestId, reason), at);
  }

  private static Instant minute(int minute) {
    return NOW.plusSeconds(minute * 60L);
  }

  private static String place(int sequence) {
    return "%012d".formatted(sequence);
  }

  private Map<String, AttributeValue> item(int sequence) {
    return read("activation", place(sequence));
  }

  private Map<String, AttributeValue> read(String pk, String sk) {
    return client
        .getItem(get ->
            get.tableName(settings.policySetsTable()).key(SdkAttributes.of(Item.key(pk, sk))))
        .item();
  }

  private void change(int sequence, Consumer<Map<String, AttributeValue>> change) {
    Map<String, AttributeValue> item = new HashMap<>(item(sequence));
    change.accept(item);
    write(item);
  }

  private void changePointer(Consumer<Map<String, AttributeValue>> change) {
    Map<String, AttributeValue> item = new HashMap<>(read("in-force", "in-force"));
    change.accept(item);
    write(item);
  }

  private void write(Map<String, AttributeValue> item) {
    client.putItem(put -> put.tableName(settings.policySetsTable()).item(item));
  }

  private void delete(String pk, String sk) {
    client.deleteItem(delete ->
        delete.tableName(settings.policySetsTable()).key(SdkAttributes.of(Item.key(pk, sk))));
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    assertThat(value).isNotNull();
    return String.valueOf(value == null ? null : value.s());
  }

  private static PolicySet set(int seed) {
    return new RandomPolicySets(new SplittableRandom(seed * 7919L)).policySet();
  }
}
