package updategateway.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import updategateway.policy.model.Policy;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.parse.PolicyFiles;
import updategateway.policy.set.CanonicalForm;
import updategateway.policy.set.Digest;
import updategateway.policy.set.PolicySet;
import updategateway.policy.source.Document;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.policy.source.Position;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.CorruptionKind;
import updategateway.store.dynamodb.FailureCause;
import updategateway.store.dynamodb.Item;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.SdkAttributes;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.history.Activation;
import updategateway.store.history.PolicySetRepository;
import updategateway.store.refresh.PolicyRefresher;
import updategateway.store.refresh.RefreshListener;
import updategateway.store.refresh.RefreshListener.Rejected;
import updategateway.store.testing.TestTables;

/**
 * Whatever stands in the table: what does not verify is never used, the last good set stays, and
 * the log says why in a word for a machine.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(ReaderKind.class)
final class PolicyDataFaultsTest {
  private static final Duration REFRESH = Duration.ofSeconds(30);
  private static final PolicySet GOOD = set("good", "note: x");
  private static final PolicySet NEXT = set("next", "note: y");
  private static final String SET = "set#" + NEXT.digest().hex();

  private volatile Instant now = Instant.parse("2026-01-15T12:00:00Z");
  private final List<RefreshListener.Event> events =
      Collections.synchronizedList(new ArrayList<>());
  private final StoreSettings settings = TestTables.create();
  private final DynamoDbClient client = PolicyStore.client(settings);
  private final PolicySetRepository store =
      new PolicySetRepository(client, settings.policySetsTable());
  private final PolicySetRepository readOnly;
  private PolicyRefresher gateway;

  PolicyDataFaultsTest(ReaderKind reader) {
    this.readOnly =
        new PolicySetRepository(reader.items(settings), null, settings.policySetsTable());
    this.gateway = gateway();
  }

  private PolicyRefresher gateway() {
    return new PolicyRefresher(
        readOnly, () -> now, REFRESH, Duration.ofHours(1), settings.timeouts(), events::add);
  }

  @BeforeEach
  void aGatewayWithAGoodSet() throws Exception {
    put(GOOD);
    gateway = gateway();
    assertThat(decidesBy(gateway)).contains(GOOD.digest());
    put(NEXT);
    events.clear();
  }

  @AfterEach
  void close() {
    client.close();
  }

  enum Fault {
    POLICY_CHANGED(CorruptionKind.ALTERED),
    CATALOG_CHANGED(CorruptionKind.ALTERED),
    POLICY_MISSING(CorruptionKind.ALTERED),
    CATALOG_MISSING(CorruptionKind.MISSING),
    ALL_MISSING(CorruptionKind.MISSING),
    POLICY_OF_ANOTHER_SET(CorruptionKind.ALTERED),
    ALL_OF_ANOTHER_SET(CorruptionKind.ALTERED),
    POLICY_TWICE(CorruptionKind.ILL_FORMED),
    FOREIGN_ITEM(CorruptionKind.FOREIGN),
    HALF_WRITTEN(CorruptionKind.ILL_FORMED),
    LATER_SCHEMA(CorruptionKind.SCHEMA),
    NO_SCHEMA(CorruptionKind.SCHEMA),
    SCHEMA_IS_A_NUMBER(CorruptionKind.SCHEMA),
    UNKNOWN_KEY(CorruptionKind.ILL_FORMED),
    FOUR_HUNDRED_KILOBYTES(CorruptionKind.ALTERED),
    MEGABYTES(CorruptionKind.OVERSIZED),
    NESTED_DEEPLY(CorruptionKind.ILL_FORMED),
    HUGE_NUMBER(CorruptionKind.ILL_FORMED),
    BINARY(CorruptionKind.ILL_FORMED),
    A_SET_OF_TEXTS(CorruptionKind.ILL_FORMED),
    NULL(CorruptionKind.ILL_FORMED),
    A_BOOLEAN(CorruptionKind.ILL_FORMED),
    THOUSANDS_OF_ATTRIBUTES(CorruptionKind.ILL_FORMED),
    A_WORD_WITHOUT_END(CorruptionKind.ILL_FORMED),
    A_TIME_OUTSIDE_TIME(CorruptionKind.ALTERED),
    A_TIME_SPELLED_OTHERWISE(CorruptionKind.ALTERED),
    CORRECTIONS_THAT_ARE_NONE(CorruptionKind.ALTERED),
    POLICY_UNDER_ANOTHERS_KEY(CorruptionKind.ALTERED),
    POINTER_TO_NO_DIGEST(CorruptionKind.POINTER),
    POINTER_TO_NO_SET(CorruptionKind.MISSING),
    POINTER_WITHOUT_SEQUENCE(CorruptionKind.POINTER),
    POINTER_WITH_A_HUGE_SEQUENCE(CorruptionKind.POINTER),
    POINTER_BEFORE_THE_FIRST_PLACE(CorruptionKind.POINTER),
    POINTER_BEYOND_THE_LAST_PLACE(CorruptionKind.POINTER),
    POINTER_SINCE_THE_END_OF_TIME(CorruptionKind.POINTER),
    POINTER_OF_WRONG_TYPES(CorruptionKind.POINTER),
    POINTER_WITH_MORE_THAN_IS_WRITTEN(CorruptionKind.POINTER),
    POINTER_SINCE_SPELLED_OTHERWISE(CorruptionKind.POINTER);

    private final CorruptionKind corruptionKind;

    Fault(CorruptionKind corruptionKind) {
      this.corruptionKind = corruptionKind;
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatDoesNotVerifyIsNeverUsed(Fault fault) throws Exception {
    Map<String, Map<String, AttributeValue>> before = items();
    commit(fault);

    now = now.plus(REFRESH);
    assertThat(decidesBy(gateway)).as("the last good one").contains(GOOD.digest());
    assertThat(events).hasSize(1);
    assertThat(events.getFirst()).isInstanceOf(Rejected.class);
    Rejected rejected = (Rejected) events.getFirst();
    assertThat(rejected.corruptionKind()).as(rejected.reason()).isEqualTo(fault.corruptionKind);
    assertThat(rejected.reason()).hasSizeBetween(20, 700);

    assertThat(decidesBy(gateway())).as("one that has just started has none").isEmpty();
    assertThatExceptionOfType(PolicyStoreException.Corrupt.class)
        .isThrownBy(() -> readOnly.read(readOnly.readPointer().orElseThrow().digest()))
        .satisfies(e -> assertThat(e.corruptionKind()).isEqualTo(fault.corruptionKind));

    restore(before);
    now = now.plus(REFRESH);
    assertThat(decidesBy(gateway)).as("mended, an interval later").contains(NEXT.digest());
  }

  private void commit(Fault fault) throws Exception {
    switch (fault) {
      case POLICY_CHANGED -> change(SET, "policy#next", text("title", "Another title"));
      case CATALOG_CHANGED ->
          change(
              SET,
              "catalog",
              item -> {
                List<AttributeValue> routes = new ArrayList<>(routes(item));
                routes.removeFirst();
                item.put("routes", AttributeValue.fromL(routes));
              });
      case POLICY_MISSING -> delete(SET, "policy#next");
      case CATALOG_MISSING -> delete(SET, "catalog");
      case ALL_MISSING -> {
        delete(SET, "catalog");
        delete(SET, "policy#next");
        delete(SET, "policy#other");
      }
      case POLICY_OF_ANOTHER_SET -> copy("policy#good", "policy#good");
      case ALL_OF_ANOTHER_SET -> {
        delete(SET, "policy#next");
        copy("policy#good", "policy#good");
        copy("policy#other", "policy#other");
        copy("catalog", "catalog");
      }
      case POLICY_TWICE -> change(SET, "policy#next", text("sk", "policy#next2"));
      case FOREIGN_ITEM -> change(SET, "policy#next", text("sk", "loophole"));
      case HALF_WRITTEN ->
          change(SET, "policy#next", item -> item.keySet().removeAll(List.of("phases", "scope")));
      case LATER_SCHEMA -> change(SET, "policy#next", text("schema", "2"));
      case NO_SCHEMA -> change(SET, "policy#next", item -> item.remove("schema"));
      case SCHEMA_IS_A_NUMBER ->
          change(SET, "policy#next", item -> item.put("schema", AttributeValue.fromN("1")));
      case UNKNOWN_KEY -> change(SET, "policy#next", text("loophole", "yes"));
      case FOUR_HUNDRED_KILOBYTES ->
          change(SET, "policy#next", text("note", "x".repeat(400 * 1024 - 3_000)));
      case MEGABYTES -> {
        for (int i = 0; i < 14; i++) {
          change(SET, "policy#next", big("policy#next-" + i));
        }
      }
      case NESTED_DEEPLY ->
          change(
              SET,
              "policy#next",
              item -> {
                AttributeValue nested = AttributeValue.fromS("x");
                for (int depth = 0; depth < 30; depth++) {
                  nested =
                      depth % 2 == 0
                          ? AttributeValue.fromL(List.of(nested))
                          : AttributeValue.fromM(Map.of("phases", nested));
                }
                item.put("phases", nested);
              });
      case HUGE_NUMBER ->
          change(
              SET,
              "policy#next",
              item ->
                  item.put(
                      "title",
                      AttributeValue.fromN("9.9999999999999999999999999999999999999E+125")));
      case BINARY ->
          change(
              SET,
              "policy#next",
              item -> item.put("title", AttributeValue.fromB(SdkBytes.fromUtf8String("T"))));
      case A_SET_OF_TEXTS ->
          change(
              SET,
              "policy#next",
              item -> item.put("products", AttributeValue.fromSs(List.of("*"))));
      case NULL ->
          change(SET, "policy#next", item -> item.put("note", AttributeValue.fromNul(true)));
      case A_BOOLEAN ->
          change(
              SET, "policy#next", item -> item.put("undetermined", AttributeValue.fromBool(true)));
      case THOUSANDS_OF_ATTRIBUTES ->
          change(
              SET,
              "policy#next",
              item -> {
                for (int i = 0; i < 9_000; i++) {
                  item.put("\uD83D\uDE00\n" + i, AttributeValue.fromS("x"));
                }
              });
      case A_WORD_WITHOUT_END ->
          change(
              SET,
              "policy#next",
              item ->
                  item.put(
                      "products",
                      AttributeValue.fromL(List.of(AttributeValue.fromS("a-".repeat(180_000))))));
      case A_TIME_OUTSIDE_TIME ->
          change(
              SET,
              "policy#next",
              item ->
                  item.put(
                      "phases",
                      AttributeValue.fromL(
                          List.of(
                              AttributeValue.fromM(
                                  Map.of(
                                      "id",
                                      AttributeValue.fromS("updates"),
                                      "from",
                                      AttributeValue.fromM(
                                          Map.of(
                                              "instant",
                                              AttributeValue.fromS("+999999999-12-31T23:59:59Z"),
                                              "written",
                                              AttributeValue.fromS("never"))),
                                      "refuses",
                                      AttributeValue.fromL(
                                          List.of(AttributeValue.fromS("patch-update")))))))));
      case A_TIME_SPELLED_OTHERWISE ->
          change(
              SET,
              "policy#next",
              item -> {
                AttributeValue phase = Objects.requireNonNull(item.get("phases")).l().getFirst();
                Map<String, AttributeValue> changed = new HashMap<>(phase.m());
                Map<String, AttributeValue> from =
                    new HashMap<>(Objects.requireNonNull(changed.get("from")).m());
                assertThat(from.put("instant", AttributeValue.fromS("2024-09-29T00:00:00-04:00")))
                    .isEqualTo(AttributeValue.fromS("2024-09-29T04:00:00Z"));
                changed.put("from", AttributeValue.fromM(from));
                item.put("phases", AttributeValue.fromL(List.of(AttributeValue.fromM(changed))));
              });
      case CORRECTIONS_THAT_ARE_NONE ->
          client.putItem(put ->
              put.tableName(settings.policySetsTable())
                  .item(
                      Map.of(
                          "pk", AttributeValue.fromS(SET),
                          "sk", AttributeValue.fromS("corrections"),
                          "schema", AttributeValue.fromS("1"),
                          "corrections", AttributeValue.fromL(List.of()))));
      case POLICY_UNDER_ANOTHERS_KEY -> {
        Map<String, AttributeValue> item = new HashMap<>();
        change(SET, "policy#next", item::putAll);
        delete(SET, "policy#next");
        item.put("sk", AttributeValue.fromS("policy#next2"));
        client.putItem(put -> put.tableName(settings.policySetsTable()).item(item));
      }
      case POINTER_TO_NO_DIGEST ->
          change("in-force", "in-force", text("digest", "../../etc/passwd"));
      case POINTER_TO_NO_SET -> change("in-force", "in-force", text("digest", "0".repeat(64)));
      case POINTER_WITHOUT_SEQUENCE ->
          change("in-force", "in-force", item -> item.remove("sequence"));
      case POINTER_WITH_A_HUGE_SEQUENCE ->
          change(
              "in-force", "in-force", item -> item.put("sequence", AttributeValue.fromN("1E+125")));
      case POINTER_BEFORE_THE_FIRST_PLACE ->
          change("in-force", "in-force", item -> item.put("sequence", AttributeValue.fromN("0")));
      case POINTER_BEYOND_THE_LAST_PLACE ->
          change(
              "in-force",
              "in-force",
              item -> item.put("sequence", AttributeValue.fromN("1000000000000")));
      case POINTER_SINCE_THE_END_OF_TIME ->
          change("in-force", "in-force", text("since", "+1000000000-12-31T23:59:59.999999999Z"));
      case POINTER_OF_WRONG_TYPES ->
          change(
              "in-force",
              "in-force",
              item -> item.put("digest", AttributeValue.fromSs(List.of("a", "b"))));
      case POINTER_WITH_MORE_THAN_IS_WRITTEN ->
          change("in-force", "in-force", text("comment", "checked by hand"));
      case POINTER_SINCE_SPELLED_OTHERWISE ->
          change(
              "in-force",
              "in-force",
              item ->
                  item.put(
                      "since",
                      AttributeValue.fromS(
                          Objects.requireNonNull(item.get("since")).s().replace("Z", "+00:00"))));
    }
  }

  @Test
  void aPointerThatIsGoneIsNoSetForAGatewayThatStartsAndNoReasonToStopForOneThatRuns() {
    delete("in-force", "in-force");
    now = now.plus(REFRESH);
    assertThat(decidesBy(gateway)).contains(GOOD.digest());
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            RefreshListener.Failed.class,
            failed -> assertThat(failed.failureCause()).isEqualTo(FailureCause.NOTHING_IN_FORCE));
    assertThat(decidesBy(gateway())).isEmpty();
  }

  @Test
  void aPolicyAsLargeAsAnItemMayBeIsKeptAndALargerOneIsNotBegun() throws Exception {
    PolicySet large = set("large", "note: " + "x".repeat(378_000));
    put(large);
    assertThat(readOnly.read(large.digest())).isEqualTo(large);
    PolicySet larger = withATitleOf(380_000, set("larger", "note: a word"));
    int before = items().size();
    assertThatExceptionOfType(PolicyStoreException.Unstorable.class)
        .isThrownBy(() -> put(larger))
        .withMessageContaining("policy#larger")
        .withMessageContaining("split it");
    assertThat(items()).hasSize(before);
    assertThat(store.inForce().orElseThrow().digest()).isEqualTo(large.digest());
  }

  @Test
  void whoDeploysOverADamagedSetIsToldHowToGoOn() throws Exception {
    put(GOOD);
    change(SET, "policy#next", text("title", "Another title"));
    assertThatExceptionOfType(PolicyStoreException.Corrupt.class)
        .isThrownBy(() -> put(NEXT))
        .withMessageContaining("with some word changed");
    assertThat(store.inForce().orElseThrow().digest()).isEqualTo(GOOD.digest());
  }

  private static Optional<Digest> decidesBy(PolicyRefresher gateway) {
    return gateway.current().map(set -> set.policySet().digest());
  }

  private void put(PolicySet set) throws PolicyStoreException {
    store.putInForce(
        set, new Activation.Request("test", "stack", UUID.randomUUID().toString(), null), now);
  }

  private static Consumer<Map<String, AttributeValue>> text(String name, String value) {
    return item -> item.put(name, AttributeValue.fromS(value));
  }

  private static Consumer<Map<String, AttributeValue>> big(String sk) {
    return item -> {
      item.put("sk", AttributeValue.fromS(sk));
      item.put("note", AttributeValue.fromS("x".repeat(390_000)));
    };
  }

  private static List<AttributeValue> routes(Map<String, AttributeValue> catalog) {
    return Objects.requireNonNull(catalog.get("routes")).l();
  }

  private void change(String pk, String sk, Consumer<Map<String, AttributeValue>> change) {
    Map<String, AttributeValue> item =
        new HashMap<>(
            client
                .getItem(get ->
                    get.tableName(settings.policySetsTable())
                        .key(SdkAttributes.of(Item.key(pk, sk))))
                .item());
    change.accept(item);
    client.putItem(put -> put.tableName(settings.policySetsTable()).item(item));
  }

  /** An item of the good set into the next one. */
  private void copy(String from, String to) {
    change(
        "set#" + GOOD.digest().hex(),
        from,
        item -> {
          item.put("pk", AttributeValue.fromS(SET));
          item.put("sk", AttributeValue.fromS(to));
        });
  }

  private void delete(String pk, String sk) {
    client.deleteItem(delete ->
        delete.tableName(settings.policySetsTable()).key(SdkAttributes.of(Item.key(pk, sk))));
  }

  private Map<String, Map<String, AttributeValue>> items() {
    Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    client
        .scanPaginator(scan -> scan.tableName(settings.policySetsTable()).consistentRead(true))
        .items()
        .forEach(item -> items.put(keyOf(item), item));
    return items;
  }

  private void restore(Map<String, Map<String, AttributeValue>> before) {
    items()
        .forEach((key, item) -> {
          if (!before.containsKey(key)) {
            delete(
                Objects.requireNonNull(item.get("pk")).s(),
                Objects.requireNonNull(item.get("sk")).s());
          }
        });
    before
        .values()
        .forEach(
            item -> client.putItem(put -> put.tableName(settings.policySetsTable()).item(item)));
  }

  private static String keyOf(Map<String, AttributeValue> item) {
    return item.get("pk") + "/" + item.get("sk");
  }

  /** What no files make, since they are checked before. */
  private static PolicySet withATitleOf(int length, PolicySet set) throws Exception {
    Position nowhere = Position.NONE;
    List<Document> policies = new ArrayList<>();
    for (Policy policy : set.policies()) {
      List<Document.Field> fields = new ArrayList<>();
      for (Document.Field field : CanonicalForm.policy(policy).fields()) {
        fields.add(
            field.key().equals("title") && policy.id().equals("larger")
                ? new Document.Field(
                    "title", nowhere, new Document.Text("x".repeat(length), nowhere))
                : field);
      }
      policies.add(new Document.Mapping(fields, nowhere));
    }
    return PolicyFiles.readCanonical(CanonicalForm.catalog(set.catalog()), policies);
  }

  /** A set of two policies, one of them with this id and another line of its own. */
  private static PolicySet set(String id, String line) {
    String catalog =
        """
        routes:
          - path: /%s/**
            product: endpoint-security
            activity: patch-update
          - path: /other/**
            product: endpoint-security
            activity: signature-update
        """
            .formatted(id);
    try {
      return PolicyFiles.read(
          List.of(
              new PolicyFile("catalog.yaml", catalog),
              policy(id, line),
              policy("other", "note: the other")));
    } catch (InvalidPolicyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PolicyFile policy(String id, String line) {
    String text =
        """
        id: %s
        title: A title
        authority: An authority
        citation: A citation
        scope:
          locations: [US]
          subjects: [located]
        products: ["*"]
        phases:
          - id: updates
            from: 2024-09-29 00:00 America/New_York
            refuses: [patch-update]
        undetermined: refuse
        %s
        """
            .formatted(id, line);
    return new PolicyFile(id + ".yaml", text);
  }
}
