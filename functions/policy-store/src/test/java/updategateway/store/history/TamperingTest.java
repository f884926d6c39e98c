package updategateway.store.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import updategateway.policy.set.PolicySet;
import updategateway.policy.testing.RandomPolicySets;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.Item;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.SdkAttributes;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.dynamodb.TableSchema;
import updategateway.store.testing.TestTables;

/** Whatever one does to one item of the history or to the pointer by hand, in a real DynamoDB. */
final class TamperingTest {
  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
  private static final int ENTRIES = 6;

  /** The number of the pointer among the items that are tampered with; an entry has its own. */
  private static final int POINTER = 0;

  private static final List<PolicySet> SETS = new ArrayList<>();
  private static final Map<String, Map<String, AttributeValue>> GENUINE = new TreeMap<>();
  private static @Nullable DynamoDbClient opened;
  private static StoreSettings settings = StoreSettings.of("us-east-1", null);

  @BeforeContainer
  static void sixEntries() throws Exception {
    settings = TestTables.create();
    opened = PolicyStore.client(settings);
    for (int i = 0; i < 3; i++) {
      SETS.add(new RandomPolicySets(new SplittableRandom((i + 1) * 7919L)).policySet());
    }
    for (int i = 1; i <= ENTRIES; i++) {
      store()
          .putInForce(
              SETS.get(i % 3),
              new Activation.Request(
                  i % 2 == 0 ? "ada" : "eve", "stack-" + i % 4, "r" + i, i == 4 ? "why" : null),
              NOW.plusSeconds(60L * i));
    }
    GENUINE.putAll(items());
  }

  @AfterContainer
  static void close() {
    client().close();
  }

  /** What somebody does. */
  sealed interface Deed {
    void commit();
  }

  /** One attribute of one item is another, or gone, or there was none of that name. */
  record Change(int item, int attribute, String how, String text, int other) implements Deed {
    @Override
    public void commit() {
      Map<String, AttributeValue> changed = new HashMap<>(genuine(item));
      List<String> names =
          changed.keySet().stream()
              .filter(name -> !name.equals(TableSchema.PK) && !name.equals(TableSchema.SK))
              .sorted()
              .toList();
      String name = names.get(attribute % names.size());
      AttributeValue value = Objects.requireNonNull(changed.get(name));
      switch (how) {
        case "gone" -> changed.remove(name);
        case "added" -> changed.put("x" + text, AttributeValue.fromS(text));
        case "text" -> changed.put(name, AttributeValue.fromS(text));
        case "number" -> changed.put(name, AttributeValue.fromN(Integer.toString(other)));
        case "nothing" -> changed.put(name, AttributeValue.fromNul(true));
        case "list" -> changed.put(name, AttributeValue.fromL(List.of(value)));
        case "another's" ->
            changed.put(name, genuine(other % (ENTRIES + 1)).getOrDefault(name, value));
        case "written otherwise" ->
            changed.put(
                name, value.s() == null ? value : AttributeValue.fromS(otherwise(value.s())));
        default -> throw new IllegalStateException(how);
      }
      write(changed);
    }

    private static String otherwise(String text) {
      return text.endsWith("Z")
          ? text.replace("Z", ".000Z")
          : text.equals(text.toUpperCase(Locale.ROOT)) ? text + " " : text.toUpperCase(Locale.ROOT);
    }
  }

  /** An item is taken out. */
  record Removal(int item) implements Deed {
    @Override
    public void commit() {
      Map<String, AttributeValue> gone = genuine(item);
      client()
          .deleteItem(delete ->
              delete
                  .tableName(settings.policySetsTable())
                  .key(
                      SdkAttributes.of(
                          Item.key(text(gone, TableSchema.PK), text(gone, TableSchema.SK)))));
    }
  }

  /** Two entries stand in each other's places, as they are or with the numbers of the places. */
  record Swap(int one, int other, boolean renumbered) implements Deed {
    @Override
    public void commit() {
      put(one, other);
      put(other, one);
    }

    private void put(int from, int to) {
      Map<String, AttributeValue> moved = new HashMap<>(genuine(from));
      moved.put(TableSchema.SK, AttributeValue.fromS(ActivationItem.place(to)));
      if (renumbered) {
        moved.put(TableSchema.SEQUENCE, AttributeValue.fromN(Integer.toString(to)));
      }
      write(moved);
    }
  }

  /** An entry stands in another place as well, where there was one or none. */
  record Copy(int from, int to) implements Deed {
    @Override
    public void commit() {
      Map<String, AttributeValue> copied = new HashMap<>(genuine(from));
      copied.put(TableSchema.SK, AttributeValue.fromS(ActivationItem.place(to)));
      write(copied);
    }
  }

  /** The pointer is what it was after an earlier entry. */
  record SetBack(int to) implements Deed {
    @Override
    public void commit() {
      try {
        Activation activation = ActivationItem.read(SdkAttributes.from(genuine(to)));
        write(SdkAttributes.of(ActivationItem.pointer(activation.inForce())));
      } catch (PolicyStoreException.Corrupt e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Provide
  Arbitrary<Change> changes() {
    return Combinators.combine(
            Arbitraries.integers().between(POINTER, ENTRIES),
            Arbitraries.integers().between(0, 20),
            Arbitraries.of(
                "gone",
                "added",
                "text",
                "number",
                "nothing",
                "list",
                "another's",
                "another's",
                "written otherwise"),
            Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(12),
            Arbitraries.integers().between(0, 1_000))
        .as(Change::new);
  }

  @Provide
  Arbitrary<Deed> deeds() {
    Arbitrary<Integer> entry = Arbitraries.integers().between(1, ENTRIES);
    Arbitrary<Deed> changes = changes().map(change -> change);
    return Arbitraries.frequencyOf(
        Tuple.of(5, changes),
        Tuple.of(1, Arbitraries.integers().between(POINTER, ENTRIES).map(Removal::new)),
        Tuple.of(1, Combinators.combine(entry, entry, Arbitraries.of(true, false)).as(Swap::new)),
        Tuple.of(
            1,
            Combinators.combine(entry, Arbitraries.integers().between(1, ENTRIES + 2))
                .as(Copy::new)),
        Tuple.of(1, entry.map(SetBack::new)));
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void nothingWrongIsConfirmedOrBuiltOn(@ForAll("deeds") Deed deed) throws Exception {
    restore();
    deed.commit();
    Map<String, Map<String, AttributeValue>> tampered = items();
    Assume.that(!tampered.equals(GENUINE));

    assertThat(store().verifyHistory().findings())
        .as("%s", deed)
        .isNotEmpty()
        .allSatisfy(finding -> {
          assertThat(finding.sentence()).endsWith(".");
          assertThat(finding.remedy()).endsWith(".");
        });
    assertThatExceptionOfType(PolicyStoreException.Corrupt.class)
        .isThrownBy(() -> store().history());
    for (int i = 1; i <= ENTRIES; i++) {
      Instant at = NOW.plusSeconds(60L * i);
      assertThatExceptionOfType(PolicyStoreException.Corrupt.class)
          .isThrownBy(() -> store().inForceAt(at));
    }
    ActiveSet genuine = ActivationItem.readPointer(SdkAttributes.from(genuine(POINTER)));
    boolean isKnown;
    try {
      assertThat(store().inForce()).as("%s", deed).contains(genuine);
      isKnown = true;
    } catch (PolicyStoreException.Corrupt e) {
      assertThat(e).hasMessageMatching("(?s)[a-z].*[^.]");
      isKnown = false;
    }
    for (PolicySet set : SETS) {
      Activation.Request request =
          new Activation.Request("ada", "stack", UUID.randomUUID().toString(), null);
      if (!isKnown) {
        assertThatExceptionOfType(PolicyStoreException.Corrupt.class)
            .as("%s", deed)
            .isThrownBy(() -> store().putInForce(set, request, NOW.plusSeconds(3_600)));
        assertThat(items()).as("%s", deed).isEqualTo(tampered);
        continue;
      }
      // The last entry is right: what is built on it is one chain with what was before.
      DeploymentResult deployed = store().putInForce(set, request, NOW.plusSeconds(3_600));
      assertThat(deployed.inForce().digest()).isEqualTo(set.digest());
      for (int i = 1; i <= ENTRIES; i++) {
        write(genuine(i));
      }
      assertThat(store().verifyHistory().findings()).as("%s", deed).isEmpty();
      restore();
      deed.commit();
    }
  }

  /** Every finding names the changed item, and for an entry the hash that it must have. */
  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void theItemToRestoreIsNamedWithItsHash(@ForAll("changes") Change change) throws Exception {
    restore();
    change.commit();
    Assume.that(!items().equals(GENUINE));
    assertThat(store().verifyHistory().findings())
        .as("%s", change)
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(finding.remedy()).contains(key(change.item())));
    if (change.item() != POINTER) {
      assertThat(store().verifyHistory().findings().getFirst().remedy())
          .as("%s", change)
          .startsWith("Restore the item " + key(change.item()))
          .contains(text(genuine(change.item()), TableSchema.ENTRY));
    }
    write(genuine(change.item()));
    assertThat(store().verifyHistory().findings()).isEmpty();
  }

  private static DynamoDbClient client() {
    return Objects.requireNonNull(opened);
  }

  private static PolicySetRepository store() {
    return new PolicySetRepository(client(), settings.policySetsTable());
  }

  private static Map<String, AttributeValue> genuine(int item) {
    return Objects.requireNonNull(GENUINE.get(key(item)));
  }

  private static String key(int item) {
    return item == POINTER
        ? ActivationItem.POINTER
        : TableSchema.ACTIVATION + " / " + ActivationItem.place(item);
  }

  /** The pointer, the history and the requests that led to it. */
  private static Map<String, Map<String, AttributeValue>> items() {
    Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
    for (String partition :
        List.of(TableSchema.IN_FORCE, TableSchema.ACTIVATION, TableSchema.REQUEST)) {
      client()
          .query(query ->
              query
                  .tableName(settings.policySetsTable())
                  .consistentRead(true)
                  .keyConditionExpression("pk = :pk")
                  .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(partition))))
          .items()
          .forEach(item ->
              items.put(text(item, TableSchema.PK) + " / " + text(item, TableSchema.SK), item));
    }
    return items;
  }

  private static void restore() {
    items()
        .forEach((key, item) -> {
          if (!GENUINE.containsKey(key)) {
            client()
                .deleteItem(delete ->
                    delete
                        .tableName(settings.policySetsTable())
                        .key(
                            SdkAttributes.of(
                                Item.key(text(item, TableSchema.PK), text(item, TableSchema.SK)))));
          }
        });
    GENUINE.values().forEach(TamperingTest::write);
  }

  private static void write(Map<String, AttributeValue> item) {
    client().putItem(put -> put.tableName(settings.policySetsTable()).item(item));
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(Objects.requireNonNull(item.get(name)).s());
  }
}
