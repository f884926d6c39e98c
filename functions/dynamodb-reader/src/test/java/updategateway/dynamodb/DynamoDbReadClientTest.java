package updategateway.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import updategateway.policy.testing.RandomPolicySets;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.Attribute;
import updategateway.store.dynamodb.FailureCause;
import updategateway.store.dynamodb.Item;
import updategateway.store.dynamodb.ItemReader;
import updategateway.store.dynamodb.ItemReader.GetItem;
import updategateway.store.dynamodb.ItemReader.GetItemResult;
import updategateway.store.dynamodb.ItemReader.Order;
import updategateway.store.dynamodb.ItemReader.Query;
import updategateway.store.dynamodb.ItemReader.QueryResult;
import updategateway.store.dynamodb.SdkAttributes;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.dynamodb.Timeouts;
import updategateway.store.history.Activation;
import updategateway.store.testing.Fault;
import updategateway.store.testing.FaultProxy;
import updategateway.store.testing.TestTables;

/** The gateway's own client beside the SDK's: the same answers, the same failures. */
final class DynamoDbReadClientTest {
  private static final Timeouts ONE_ATTEMPT =
      new Timeouts(
          Duration.ofMillis(700),
          Duration.ofMillis(900),
          1,
          Duration.ofMillis(200),
          Duration.ofSeconds(20));

  private static final Timeouts TWO_ATTEMPTS =
      new Timeouts(
          Duration.ofMillis(700),
          Duration.ofMillis(1_600),
          2,
          Duration.ofMillis(200),
          Duration.ofSeconds(20));

  /** For a test that counts requests: an attempt that is given up would be counted twice. */
  private static final Timeouts TWO_PATIENT_ATTEMPTS =
      new Timeouts(
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          2,
          Duration.ofMillis(200),
          Duration.ofSeconds(20));

  private final StoreSettings settings = TestTables.create();
  private final DynamoDbClient writer = PolicyStore.client(settings);
  private final ItemReader sdk = ReaderKind.SDK.items(settings);
  private final ItemReader own = ReaderKind.OWN.items(settings);

  static List<Fault> faults() {
    return Fault.all();
  }

  @Test
  void itemsOfAllTypesAreReadAsTheSdkReadsThem() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 150; i++) {
      Map<String, Attribute> item = new HashMap<>(Item.key("item", "number-" + i));
      for (int attribute = random.nextInt(8); attribute > 0; attribute--) {
        item.put(text(random, 1 + random.nextInt(20)), value(random, 6));
      }
      writer.putItem(put -> put.tableName(settings.policySetsTable()).item(SdkAttributes.of(item)));
      GetItem get = get("item", "number-" + i);
      GetItemResult answer = own.item(get);
      // Not with what was put: sets come back in an order of their own.
      assertThat(answer).isEqualTo(sdk.item(get));
      assertThat(answer.item()).isNotNull().hasSameSizeAs(item);
      assertThat(SdkAttributes.of(Objects.requireNonNull(answer.item())))
          .isEqualTo(
              writer
                  .getItem(raw ->
                      raw.tableName(settings.policySetsTable()).key(SdkAttributes.of(get.key())))
                  .item());
    }
    Query all = all("item");
    QueryResult answer = own.page(all);
    assertThat(answer).isEqualTo(sdk.page(all));
    assertThat(answer.items()).hasSize(150);
    assertThat(answer.lastKey()).isNull();
  }

  @Test
  void noItemIsNoItemAndTheTableIsNamed() {
    GetItemResult noItem = own.item(get("no", "item"));
    assertThat(noItem.item()).isNull();
    assertThat(noItem.table()).isEqualTo(settings.policySetsTable());
    assertThat(noItem).isEqualTo(sdk.item(get("no", "item")));
    QueryResult nothing = own.page(all("nothing"));
    assertThat(nothing.items()).isEmpty();
    assertThat(nothing.table()).isEqualTo(settings.policySetsTable());
    assertThat(nothing).isEqualTo(sdk.page(all("nothing")));
  }

  /** Each of these is an answer to both, though not one to the question. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"Item\":{}}",
        "{\"ConsumedCapacity\":{}}",
        "{\"ConsumedCapacity\":{\"CapacityUnits\":1.5}}",
        "{\"ConsumedCapacity\":{\"TableName\":null,\"CapacityUnits\":1}}",
        "{\"ConsumedCapacity\":{\"TableName\":\"Other\",\"CapacityUnits\":0.5}}",
        "{\"ConsumedCapacity\":{\"TableName\":\"Other\",\"Table\":{\"CapacityUnits\":1}}}",
        "{\"Items\":[]}",
        "{\"Items\":[],\"LastEvaluatedKey\":{}}",
        "{\"Items\":[{\"a\":{\"S\":\"1\"}},{}],\"Count\":2,\"ScannedCount\":7}",
        "{\"Items\":[],\"LastEvaluatedKey\":{\"pk\":{\"S\":\"1\"},\"sk\":{\"N\":\"2\"}}}",
        "{\"LastEvaluatedKey\":{\"pk\":{\"B\":\"AAEC\"}},\"ConsumedCapacity\":{\"TableName\":\"T\"}}"
      })
  void whatIsSaidInFewWordsMeansTheSameToBoth(String said) {
    try (FaultProxy proxy = FaultProxy.before(settings)) {
      proxy.breakWith(new Fault.Saying(said));
      StoreSettings saying = proxy.tables(ONE_ATTEMPT);
      assertThat(ReaderKind.OWN.items(saying).item(get("a", "b")))
          .isEqualTo(ReaderKind.SDK.items(saying).item(get("a", "b")));
      assertThat(ReaderKind.OWN.items(saying).page(all("a")))
          .isEqualTo(ReaderKind.SDK.items(saying).page(all("a")));
    }
  }

  /** What nobody needs is passed over, but as strictly as the rest is read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ConsumedCapacity\":{\"TableName\":\"T\",\"TableName\":\"T\"}}",
        "{\"ConsumedCapacity\":{\"CapacityUnits\":1,\"CapacityUnits\":1}}",
        "{\"ConsumedCapacity\":{\"CapacityUnits\":NaN}}",
        "{\"ConsumedCapacity\":{\"CapacityUnits\":01}}",
        "{\"ConsumedCapacity\":{\"Table\":{\"a\":[{\"b\":1,\"b\":2}]}}}",
        "{\"ConsumedCapacity\":\"T\"}",
        "{\"ConsumedCapacity\":null}",
        "{\"Count\":1,\"Count\":1}",
        "{\"Count\":+1}"
      })
  void whatNobodyNeedsIsStillReadStrictly(String said) {
    try (FaultProxy proxy = FaultProxy.before(settings)) {
      proxy.breakWith(new Fault.Saying(said));
      ItemReader reader = ReaderKind.OWN.items(proxy.tables(ONE_ATTEMPT));
      assertThat(failureCause(reader)).isEqualTo(FailureCause.UNREADABLE);
      assertThatExceptionOfType(SdkException.class)
          .isThrownBy(() -> reader.page(all("a")))
          .satisfies(
              thrown -> assertThat(FailureCause.of(thrown)).isEqualTo(FailureCause.UNREADABLE));
    }
  }

  @Test
  void pagesFollowEachOther() {
    for (int i = 0; i < 8; i++) {
      Map<String, Attribute> item = new HashMap<>(Item.key("large", "number-" + i));
      item.put("text", Attribute.fromS("ü".repeat(150_000)));
      writer.putItem(put -> put.tableName(settings.policySetsTable()).item(SdkAttributes.of(item)));
    }
    List<QueryResult> pages = pages(own, all("large"));
    assertThat(pages).hasSizeGreaterThan(1).isEqualTo(pages(sdk, all("large")));
    assertThat(pages.stream().flatMap(page -> page.items().stream()).toList())
        .hasSize(8)
        .isEqualTo(
            writer
                .queryPaginator(query ->
                    query
                        .tableName(settings.policySetsTable())
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(
                            SdkAttributes.of(Map.of(":pk", Attribute.fromS("large")))))
                .items()
                .stream()
                .map(SdkAttributes::from)
                .toList());
    Query threes =
        new Query(
            settings.policySetsTable(),
            "pk",
            Attribute.fromS("large"),
            false,
            Order.DESCENDING,
            3,
            null);
    assertThat(pages(own, threes)).hasSizeGreaterThan(2).isEqualTo(pages(sdk, threes));
  }

  private static List<QueryResult> pages(ItemReader reader, Query question) {
    List<QueryResult> pages = new ArrayList<>();
    Map<String, Attribute> lastKey = null;
    do {
      QueryResult page = reader.page(lastKey == null ? question : question.after(lastKey));
      pages.add(page);
      lastKey = page.lastKey();
    } while (lastKey != null);
    return pages;
  }

  @Test
  void theLastItemAloneCanBeAskedFor() {
    for (int i = 0; i < 3; i++) {
      Map<String, Attribute> item = Item.key("few", "number-" + i);
      writer.putItem(put -> put.tableName(settings.policySetsTable()).item(SdkAttributes.of(item)));
    }
    Query last = Query.last(settings.policySetsTable(), "pk", Attribute.fromS("few"));
    QueryResult answer = own.page(last);
    assertThat(answer.items()).isEqualTo(List.of(Item.key("few", "number-2")));
    assertThat(answer.lastKey()).isNotNull();
    assertThat(answer).isEqualTo(sdk.page(last));
  }

  @ParameterizedTest
  @EnumSource(ReaderKind.class)
  void whoOpensTheTablesToReadChangesNothing(ReaderKind reader) {
    try (FaultProxy proxy = FaultProxy.before(settings);
        PolicyStore store = reader.open(proxy.tables(TWO_ATTEMPTS))) {
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> store.policySets().begin("request", Instant.EPOCH))
          .withMessageContaining("read only");
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> store.policySets().abandon("request", Instant.EPOCH));
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() ->
              store
                  .policySets()
                  .putInForce(
                      new RandomPolicySets(new SplittableRandom(3)).policySet(),
                      new Activation.Request("test", "stack", "request", null),
                      Instant.EPOCH));
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(store::accounts)
          .withMessageContaining("read only");
      assertThat(proxy.calls())
          .isNotEmpty()
          .allSatisfy(call -> assertThat(call.operation()).isIn("GetItem", "Query"));
      assertThat(writer.scan(scan -> scan.tableName(settings.policySetsTable())).count()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(ReaderKind.class)
  void aStoreOpenedReadOnlyChangesNothing(ReaderKind reader) {
    try (PolicyStore store = reader.open(settings)) {
      assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(store::accounts);
    }
  }

  /** As bodies on the wire, name by name: the order of names alone may differ. */
  @Test
  void bothAskForAnItemInTheSameWords() throws IOException {
    SplittableRandom random = new SplittableRandom(41);
    for (int i = 0; i < 200; i++) {
      GetItem question =
          new GetItem(text(random, 20), key(random, 1 + i % 2), random.nextBoolean());
      sameWords("GetItem", reader -> reader.item(question));
    }
    GetItem halfOfAPair = get("agent", "\ud83d");
    sameWords("GetItem", reader -> reader.item(halfOfAPair));
  }

  @Test
  void bothAskForAPageInTheSameWords() throws IOException {
    SplittableRandom random = new SplittableRandom(43);
    for (int i = 0; i < 200; i++) {
      Query question =
          new Query(
              text(random, 20),
              text(random, 1 + random.nextInt(20)),
              keyValue(random),
              random.nextBoolean(),
              random.nextBoolean() ? Order.ASCENDING : Order.DESCENDING,
              random.nextBoolean() ? null : Integer.valueOf(1 + random.nextInt(1_000)),
              random.nextBoolean() ? null : key(random, 1 + random.nextInt(2)));
      sameWords("Query", reader -> reader.page(question));
    }
  }

  @Test
  void whatNoKeyCanBeIsNotAskedFor() {
    for (Attribute value :
        List.of(
            Attribute.fromBool(true),
            Attribute.fromNul(true),
            Attribute.fromL(List.of()),
            Attribute.fromM(Map.of()),
            Attribute.fromSs(List.of("a")))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> own.item(new GetItem("T", Map.of("k", value), true)));
      assertThatIllegalArgumentException().isThrownBy(() -> own.page(Query.all("T", "k", value)));
    }
  }

  private void sameWords(String operation, Consumer<ItemReader> question) throws IOException {
    List<JsonNode> bodies = new ArrayList<>();
    List<@Nullable String> heads = new ArrayList<>();
    HttpServer server =
        server(exchange -> {
          bodies.add(JsonNode.parser().parse(exchange.getRequestBody()));
          heads.add(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
          heads.add(exchange.getRequestHeaders().getFirst("Content-Type"));
          answer(exchange, 200, "{}");
        });
    try {
      StoreSettings there = at(endpoint(server), Duration.ofSeconds(10));
      question.accept(ReaderKind.SDK.items(there));
      question.accept(ReaderKind.OWN.items(there));
    } finally {
      server.stop(0);
    }
    assertThat(bodies).hasSize(2);
    assertThat(bodies.getLast()).isEqualTo(bodies.getFirst());
    assertThat(heads)
        .containsExactly(
            "DynamoDB_20120810." + operation,
            "application/x-amz-json-1.0",
            "DynamoDB_20120810." + operation,
            "application/x-amz-json-1.0");
  }

  private static Map<String, Attribute> key(SplittableRandom random, int attributes) {
    Map<String, Attribute> key = new HashMap<>();
    while (key.size() < attributes) {
      key.put(text(random, 1 + random.nextInt(20)), keyValue(random));
    }
    return key;
  }

  private static Attribute keyValue(SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 -> Attribute.fromS(text(random, random.nextInt(30)));
      case 1 -> Attribute.fromN(random.nextInt() + "." + random.nextInt(1_000));
      default -> Attribute.fromB(bytes(random));
    };
  }

  /**
   * On the wire. Whoever waits for longer than it was told gets the right answer after all, or
   * waits for ever.
   */
  @ParameterizedTest(name = "{0}")
  @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @MethodSource("faults")
  void eachFaultMeansTheSameToBothAndEndsInTime(Fault fault) {
    writer.putItem(put ->
        put.tableName(settings.policySetsTable())
            .item(SdkAttributes.of(Item.key("in-force", "in-force"))));
    try (FaultProxy proxy = FaultProxy.before(settings)) {
      proxy.breakWith(fault);
      for (Timeouts timeouts : List.of(ONE_ATTEMPT, TWO_ATTEMPTS)) {
        StoreSettings broken = proxy.tables(timeouts);
        int before = proxy.calls().size();
        FailureCause failureCause = failureCause(ReaderKind.OWN.items(broken));
        assertThat(proxy.calls().size() - before).isLessThanOrEqualTo(timeouts.attempts());
        if (!fault.equals(new Fault.Saying(""))) {
          assertThat(failureCause).isEqualTo(failureCause(ReaderKind.SDK.items(broken)));
        }
      }
    }
  }

  /** An item with no attributes says nothing wrong; other kinds of failure have a word. */
  private FailureCause failureCause(ItemReader reader) {
    try {
      reader.item(get("in-force", "in-force"));
      return FailureCause.NOTHING_IN_FORCE;
    } catch (SdkException e) {
      return FailureCause.of(e);
    }
  }

  /** The SDK's takes these for "no such item". */
  @ParameterizedTest
  @ValueSource(strings = {"", "{\"Item\":null}", "{\"ConsumedCapacity\":{},\"Item\":null}"})
  void anEmptyAnswerIsNoAnswer(String said) {
    try (FaultProxy proxy = FaultProxy.before(settings)) {
      proxy.breakWith(new Fault.Saying(said));
      assertThat(failureCause(ReaderKind.OWN.items(proxy.tables(ONE_ATTEMPT))))
          .isEqualTo(FailureCause.UNREADABLE);
    }
  }

  /** The SDK's takes most of these for an answer, and of two members of one name the last. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Item\":{\"a\":{\"S\":\"1\"}},\"Item\":{\"a\":{\"S\":\"2\"}}}",
        "{\"Item\":{\"a\":{\"S\":\"1\"},\"a\":{\"S\":\"2\"}}}",
        "{\"Item\":{\"a\":{\"S\":\"1\"},\"\\u0061\":{\"S\":\"2\"}}}",
        "{\"Item\":{\"a\":{\"S\":\"1\",\"S\":\"2\"}}}",
        "{\"Item\":{\"a\":{\"M\":{\"b\":{\"S\":\"1\"},\"b\":{\"S\":\"2\"}}}}}",
        "{\"Item\":{\"a\":{\"L\":[{\"M\":{\"b\":{\"S\":\"1\"},\"b\":{\"S\":\"1\"}}}]}}}",
        "{\"Unknown\":{\"a\":1,\"a\":2},\"Item\":{\"a\":{\"S\":\"1\"}}}",
        "{\"Item\":{\"a\":{\"N\":\"not a number\"}}}",
        "{\"Item\":{\"a\":{\"N\":\"\"}}}",
        "{\"Item\":{\"a\":{\"N\":\"-\"}}}",
        "{\"Item\":{\"a\":{\"N\":\"+1\"}}}",
        "{\"Item\":{\"a\":{\"N\":\" 1\"}}}",
        "{\"Item\":{\"a\":{\"N\":\"1 \"}}}",
        "{\"Item\":{\"a\":{\"N\":\"1.\"}}}",
        "{\"Item\":{\"a\":{\"N\":\".5\"}}}",
        "{\"Item\":{\"a\":{\"N\":\"1e\"}}}",
        "{\"Item\":{\"a\":{\"N\":\"1e+\"}}}",
        "{\"Item\":{\"a\":{\"N\":\"0x10\"}}}",
        "{\"Item\":{\"a\":{\"N\":\"NaN\"}}}",
        "{\"Item\":{\"a\":{\"N\":\"\u0661\"}}}",
        "{\"Item\":{\"a\":{\"N\":1}}}",
        "{\"Item\":{\"a\":{\"NS\":[\"1\",\"one\"]}}}",
        "{\"Item\":{\"a\":{\"NULL\":false}}}",
        "{\"Item\":{\"a\":{\"NULL\":\"true\"}}}",
        "{\"Item\":{}}{}"
      })
  void whatDynamoDbNeverSaysIsNoAnswer(String said) {
    try (FaultProxy proxy = FaultProxy.before(settings)) {
      proxy.breakWith(new Fault.Saying(said));
      assertThat(failureCause(ReaderKind.OWN.items(proxy.tables(ONE_ATTEMPT))))
          .isEqualTo(FailureCause.UNREADABLE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "17", "-0.5", "12.50", "1E+2", "1e-130", "9.99E125", "007"})
  void numbersAreAsTheyWereSent(String number) {
    try (FaultProxy proxy = FaultProxy.before(settings)) {
      proxy.breakWith(new Fault.Saying("{\"Item\":{\"a\":{\"N\":\"" + number + "\"}}}"));
      assertThat(ReaderKind.OWN.items(proxy.tables(ONE_ATTEMPT)).item(get("a", "b")).item())
          .isEqualTo(Map.of("a", Attribute.fromN(number)));
    }
  }

  @Test
  void aListOfItemsThatComesTwiceIsNoAnswer() {
    try (FaultProxy proxy = FaultProxy.before(settings)) {
      proxy.breakWith(new Fault.Saying("{\"Items\":[],\"Count\":0,\"Items\":[]}"));
      ItemReader reader = ReaderKind.OWN.items(proxy.tables(ONE_ATTEMPT));
      assertThatExceptionOfType(SdkException.class)
          .isThrownBy(() -> reader.page(all("a")))
          .satisfies(
              thrown -> assertThat(FailureCause.of(thrown)).isEqualTo(FailureCause.UNREADABLE));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "ISO-8859-1"})
  void whatIsNotUtf8IsNoAnswer(String encoding) throws IOException {
    assertThat(saidIn(Charset.forName(encoding), "{\"Item\":{\"a\":{\"S\":\"\u00e9\"}}}"))
        .isEqualTo(FailureCause.UNREADABLE);
  }

  /** Each letter as a byte: a slash in two bytes, half of a pair, a character that breaks off. */
  @ParameterizedTest
  @ValueSource(strings = {"\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00e4\u00b8"})
  void whatUtf8WritesInAnotherWayIsNoAnswer(String bytes) throws IOException {
    assertThat(saidIn(StandardCharsets.ISO_8859_1, "{\"Item\":{\"a\":{\"S\":\"" + bytes + "\"}}}"))
        .isEqualTo(FailureCause.UNREADABLE);
  }

  @Test
  void whatIsUtf8IsAnAnswer() throws IOException {
    assertThat(saidIn(StandardCharsets.UTF_8, "{\"Item\":{\"a\":{\"S\":\"\u00e9\u4e2d\"}}}"))
        .isEqualTo(FailureCause.NOTHING_IN_FORCE);
  }

  private FailureCause saidIn(Charset encoding, String said) throws IOException {
    HttpServer server = server(exchange -> answer(exchange, 200, said.getBytes(encoding)));
    try {
      return failureCause(at(endpoint(server)));
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 202, 203, 206, 226, 299})
  void noOtherSuccessThan200IsOne(int status) throws IOException {
    HttpServer server = server(exchange -> answer(exchange, status, "{\"Item\":{}}"));
    try {
      assertThatExceptionOfType(DynamoDbException.class)
          .isThrownBy(() -> at(endpoint(server)).item(get("a", "b")))
          .satisfies(thrown -> {
            assertThat(thrown.statusCode()).isEqualTo(status);
            assertThat(FailureCause.of(thrown)).isEqualTo(FailureCause.UNREADABLE);
          });
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aConnectionThatDiedMeanwhileIsTriedAnewOnce() {
    try (FaultProxy proxy = FaultProxy.before(settings)) {
      ItemReader reader = ReaderKind.OWN.items(proxy.tables(TWO_PATIENT_ATTEMPTS));
      GetItem get = get("no", "item");
      assertThat(reader.item(get).item()).isNull();
      proxy.resetConnections();
      assertThat(reader.item(get).item()).isNull();
      assertThat(proxy.calls()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void noRedirectIsFollowed(int status) throws IOException {
    AtomicInteger elsewhere = new AtomicInteger();
    HttpServer other =
        server(exchange -> {
          elsewhere.incrementAndGet();
          answer(exchange, 200, "{\"Item\":{}}");
        });
    HttpServer first =
        server(exchange -> {
          exchange.getResponseHeaders().add("Location", endpoint(other) + "/");
          answer(exchange, status, "");
        });
    assertThatExceptionOfType(DynamoDbException.class)
        .isThrownBy(() -> at(endpoint(first)).item(get("a", "b")))
        .satisfies(thrown -> assertThat(thrown.statusCode()).isEqualTo(status));
    assertThat(elsewhere).hasValue(0);
    first.stop(0);
    other.stop(0);
  }

  @Test
  void noMoreIsReadThanAnAnswerOfDynamoDbCanHave() throws IOException {
    HttpServer endless =
        server(exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] some = new byte[1 << 20];
          try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < 4_000; i++) {
              out.write(some);
            }
          }
        });
    assertThatExceptionOfType(SdkException.class)
        .isThrownBy(() ->
            ReaderKind.OWN.items(at(endpoint(endless), Duration.ofSeconds(30))).item(get("a", "b")))
        .withMessageContaining("longer than any of DynamoDB");
    endless.stop(0);
  }

  @Test
  void nothingIsSentToWhoCannotProveItsName(@TempDir Path folder) throws Exception {
    Path keys = folder.resolve("keys");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "a",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                "secret")
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, "secret".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, "secret".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    AtomicInteger asked = new AtomicInteger();
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          answer(exchange, 200, "{}");
        });
    server.start();
    ItemReader reader =
        ReaderKind.OWN.items(
            at(
                URI.create("https://localhost:" + server.getAddress().getPort()),
                Duration.ofSeconds(30)));
    assertThatExceptionOfType(SdkException.class)
        .isThrownBy(() -> reader.item(get("a", "b")))
        .withRootCauseInstanceOf(CertPathBuilderException.class);
    assertThat(asked).hasValue(0);
    server.stop(0);
  }

  private StoreSettings at(URI endpoint, Duration attempt) {
    return new StoreSettings(
        settings.policySetsTable(),
        settings.agentsTable(),
        settings.region(),
        endpoint,
        new Timeouts(attempt, attempt, 1, attempt, attempt));
  }

  private ItemReader at(URI endpoint) {
    return ReaderKind.OWN.items(at(endpoint, Duration.ofSeconds(10)));
  }

  private static HttpServer server(HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", handler);
    server.start();
    return server;
  }

  private static URI endpoint(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    answer(exchange, status, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private GetItem get(String pk, String sk) {
    return new GetItem(settings.policySetsTable(), Item.key(pk, sk), true);
  }

  private Query all(String pk) {
    return Query.all(settings.policySetsTable(), "pk", Attribute.fromS(pk));
  }

  private static Attribute value(SplittableRandom random, int depth) {
    int many = random.nextInt(4);
    return switch (random.nextInt(depth == 0 ? 8 : 10)) {
      case 0, 1 -> Attribute.fromS(text(random, random.nextInt(30)));
      case 2 -> Attribute.fromN(Integer.toString(random.nextInt()));
      case 3 -> Attribute.fromB(bytes(random));
      case 4 -> Attribute.fromBool(random.nextBoolean());
      case 5 -> Attribute.fromNul(true);
      case 6 -> Attribute.fromSs(List.of(text(random, 3) + "a", text(random, 3) + "b"));
      case 7 ->
          random.nextBoolean()
              ? Attribute.fromNs(List.of(Integer.toString(random.nextInt(99))))
              : Attribute.fromBs(List.of(bytes(random)));
      case 8 -> {
        List<Attribute> list = new ArrayList<>();
        for (int i = 0; i < many; i++) {
          list.add(value(random, depth - 1));
        }
        yield Attribute.fromL(list);
      }
      default -> {
        Map<String, Attribute> map = new HashMap<>();
        for (int i = 0; i < many; i++) {
          map.put(text(random, 1 + random.nextInt(9)), value(random, depth - 1));
        }
        yield Attribute.fromM(map);
      }
    };
  }

  private static SdkBytes bytes(SplittableRandom random) {
    byte[] bytes = new byte[1 + random.nextInt(40)];
    random.nextBytes(bytes);
    return SdkBytes.fromByteArray(bytes);
  }

  private static String text(SplittableRandom random, int length) {
    String letters = "aZ09-_.\"\\/{}[]:,é\u4e2d\ud83d\ude42\u0001\n\u2028";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int at = random.nextInt(letters.codePointCount(0, letters.length()));
      text.appendCodePoint(letters.codePointAt(letters.offsetByCodePoints(0, at)));
    }
    return text.toString();
  }
}
