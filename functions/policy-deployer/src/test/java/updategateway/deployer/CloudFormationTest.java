package updategateway.deployer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import updategateway.deployer.ResponseEndpoint.Conduct;
import updategateway.deployer.ResponseEndpoint.Received;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.dynamodb.Timeouts;
import updategateway.store.history.Activation;
import updategateway.store.history.ActiveSet;
import updategateway.store.testing.Relay;
import updategateway.store.testing.Relay.Fate;
import updategateway.store.testing.TestTables;

/**
 * The deployer as CloudFormation meets it: events in, answers at the response URL, with a real
 * DynamoDB behind it, and faults on both sides.
 */
final class CloudFormationTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final StoreSettings settings = TestTables.create();
  private final PolicyStore store = PolicyStore.open(settings);
  private final ResponseEndpoint endpoint = new ResponseEndpoint();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private volatile Instant now = Instant.parse("2026-01-15T12:00:00Z");
  private final AtomicLong ticks = new AtomicLong();

  /** No two readings are the same, as with a real one. */
  private final InstantSource clock = () -> now.plusNanos(ticks.incrementAndGet());

  @AfterEach
  void close() {
    endpoint.close();
    store.close();
  }

  @Test
  void theAnswerIsPutWhereCloudFormationWaits() throws Exception {
    JsonNode output = send(event("Create", "r1", 29));
    assertThat(endpoint.received()).hasSize(1);
    Received received = endpoint.received().getFirst();
    assertThat(received.method()).isEqualTo("PUT");
    assertThat("http://x" + received.target())
        .as("to the letter")
        .endsWith(endpoint.url().substring(endpoint.url().indexOf("/arn")));
    assertThat(received.headers()).containsEntry("content-type", "");
    assertThat(received.headers())
        .containsEntry(
            "content-length",
            Integer.toString(received.body().getBytes(StandardCharsets.UTF_8).length));
    JsonNode answer = Events.JSON.readTree(received.body());
    assertThat(answer).isEqualTo(output);
    assertThat(answer.path("Status").asText()).isEqualTo("SUCCESS");
    assertThat(answer.path("PhysicalResourceId").asText()).isEqualTo("policy-in-force");
    assertThat(answer.path("StackId").asText()).isEqualTo(Events.STACK);
    assertThat(answer.path("RequestId").asText()).isEqualTo("r1");
    assertThat(answer.path("LogicalResourceId").asText()).isEqualTo("PolicyInForce");
    ActiveSet inForce = inForce();
    assertThat(answer.path("Data").path("Digest").asText()).isEqualTo(inForce.digest().hex());
    assertThat(answer.path("Data").path("Sequence").asText()).isEqualTo("1");
    assertThat(answer.path("Data").path("Entry").asText())
        .isEqualTo(store.policySets().history().getFirst().entry().hex());
    assertThat(answer.path("Data").path("Changed").asText()).isEqualTo("true");
  }

  @Test
  void whatIsLoggedLetsNobodyElseAnswer() throws Exception {
    endpoint.behave(Conduct.EXPIRED);
    send(event("Create", "r1", 29));
    assertThat(log).hasSize(1);
    assertThat(log.getFirst()).contains("\"RequestId\":\"r1\"").doesNotContain("5ca1ab1e");
  }

  @Test
  void correctionsArePartOfTheSetThatIsPutInForce() throws Exception {
    ObjectNode event = Events.event("Create", "r1", Events.policy(29), null);
    ObjectNode correction =
        Events.properties(event).putObject("Corrections").putArray("corrections").addObject();
    correction.put("id", "office").put("address", "198.41.0.0/24").put("place", "DE");
    correction.put("because", "we know").put("approved-by", "Jo Doe");
    correction.put("from", "2026-01-01 00:00 UTC").put("until", "2026-02-01 00:00 UTC");
    JsonNode answer = send(event);
    assertThat(answer.path("Status").asText()).as(answer.toString()).isEqualTo("SUCCESS");
    ActiveSet inForce = store.policySets().inForce().orElseThrow();
    assertThat(store.policySets().read(inForce.digest()).corrections()).hasSize(1);

    correction.put("address", "198.41.0.0/2");
    event.put("RequestId", "r2");
    assertThat(send(event).path("Reason").asText())
        .contains("The policies have 1 mistake", "Corrections: corrections[0].address", "write");
    assertThat(store.policySets().inForce()).contains(inForce);

    Events.properties(event).putObject("Corrections").putArray("corrections");
    event.put("RequestId", "r3");
    assertThat(send(event).path("Status").asText()).isEqualTo("SUCCESS");
    inForce = store.policySets().inForce().orElseThrow();
    assertThat(store.policySets().read(inForce.digest()).corrections()).isEmpty();
  }

  @Test
  void whoDeploysAndWhyIsKeptInTheHistory() throws Exception {
    ObjectNode event = event("Create", "r1", 29);
    Events.properties(event).put("By", "ada").put("Reason", " the court said so ");
    send(event);
    assertThat(store.policySets().history().getFirst().request())
        .isEqualTo(new Activation.Request("ada", Events.STACK, "r1", "the court said so"));
  }

  @Test
  void anUpdateThatFailsIsRolledBackByAnUpdateWithTheOldProperties() throws Exception {
    send(event("Create", "r1", 29));
    send(event("Update", "r2", 30));
    ObjectNode wrong = event("Update", "r3", 31);
    assertThat(status(send(wrong))).as("there is no 31st of September").isEqualTo("FAILED");
    JsonNode answer = send(event("Update", "r4", 30));
    assertThat(status(answer)).isEqualTo("SUCCESS");
    assertThat(answer.path("Data").path("Changed").asText()).isEqualTo("false");
    answer = send(event("Update", "r5", 29));
    assertThat(answer.path("Data").path("Changed").asText()).isEqualTo("true");
    assertThat(inForce().sequence()).isEqualTo(3);
    assertThat(sets()).containsExactly(0, 1, 0);
    verified();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "FAIL",
        "REQUEST_TIMEOUT",
        "RESET",
        "CLOSE_EARLY",
        "GARBAGE",
        "SILENT",
        "DEAF",
        "DRIP"
      })
  void aFaultThatMayPassIsTriedAgain(Conduct conduct) throws Exception {
    endpoint.behave(conduct, conduct);
    assertThat(status(send(event("Create", "r1", 29)))).isEqualTo("SUCCESS");
    assertThat(endpoint.treated()).containsExactly(conduct, conduct, Conduct.TAKE);
    assertThat(endpoint.received().getLast().body()).contains("SUCCESS");
    assertThat(log.getFirst()).contains("\"delivery\":\"taken\"");
  }

  @Test
  void aRedirectThatKeepsTheMethodIsFollowed() throws Exception {
    endpoint.behave(Conduct.REDIRECT);
    send(event("Create", "r1", 29));
    assertThat(log).asString().contains("\"delivery\":\"taken\"");
    assertThat(endpoint.received()).hasSize(2);
    Received received = endpoint.received().getLast();
    assertThat(received.method()).isEqualTo("PUT");
    assertThat(received.target()).isEqualTo("/moved?with=query");
    assertThat(received.body()).isEqualTo(endpoint.received().getFirst().body());
  }

  @ParameterizedTest
  @EnumSource(names = {"EXPIRED", "GONE", "REDIRECT_ELSEWHERE", "REDIRECT_TO_A_FILE"})
  void whatWouldBeRefusedAgainIsNotTriedAgain(Conduct conduct) throws Exception {
    endpoint.behave(conduct, conduct);
    assertThat(status(send(event("Create", "r1", 29)))).isEqualTo("SUCCESS");
    assertThat(endpoint.treated()).containsExactly(conduct);
    assertThat(log).hasSize(1);
    assertThat(log.getFirst()).contains("\"delivery\":\"refused\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///etc/passwd", "ftp://127.0.0.1/x", "nonsense", "http://", "http:// x/"})
  void whatIsNoAddressIsNotAnsweredAndBreaksNothing(String url) throws Exception {
    ObjectNode event = event("Create", "r1", 29);
    event.put("ResponseURL", url);
    assertThat(status(send(event))).isEqualTo("SUCCESS");
    assertThat(log.getFirst()).contains("\"delivery\":\"refused\"");
  }

  @Test
  void manyRedirectsEnd() throws Exception {
    Conduct[] redirects = new Conduct[10];
    Arrays.fill(redirects, Conduct.REDIRECT);
    endpoint.behave(redirects);
    send(event("Create", "r1", 29));
    assertThat(log).asString().contains("HTTP status 307");
    assertThat(endpoint.treated()).hasSize(4);
  }

  @Test
  void whatCannotBeAnsweredIsDeliveredAgainAndAnsweredThen() throws Exception {
    Conduct[] failing = new Conduct[200];
    Arrays.fill(failing, Conduct.FAIL);
    endpoint.behave(failing);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> send(event("Create", "r1", 29), Duration.ofSeconds(3), store))
        .withMessageContaining("delivered again")
        .withMessageContaining("503");
    assertThat(endpoint.treated()).as("with pauses in between").hasSizeBetween(2, 12);
    assertThat(inForce().sequence()).isEqualTo(1);
    try (ResponseEndpoint mended = new ResponseEndpoint()) {
      ObjectNode again = event("Create", "r1", 29);
      again.put("ResponseURL", mended.url());
      assertThat(status(send(again))).isEqualTo("SUCCESS");
      assertThat(mended.received()).hasSize(1);
    }
    assertThat(store.policySets().history()).hasSize(1);
    verified();
  }

  @Test
  void aReasonFitsByBytesAndByWholeLines() throws Exception {
    ObjectNode event = event("Create", "r1", 29);
    ObjectNode policy = (ObjectNode) Events.properties(event).path("Policies").get(0);
    ArrayNode refuses = ((ObjectNode) policy.path("phases").get(0)).putArray("refuses");
    for (int i = 0; i < 300; i++) {
      refuses.add("Ни \"кебаб\" \uD83D\uDE00 " + i);
    }
    send(event);
    String body = endpoint.received().getFirst().body();
    assertThat(body.getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(4_096)
        .isGreaterThan(3_700);
    List<String> lines = Events.JSON.readTree(body).path("Reason").asText().lines().toList();
    assertThat(lines.getFirst()).startsWith("The policies have 300 mistakes");
    assertThat(lines.subList(1, lines.size() - 1))
        .allMatch(line -> line.contains("is not kebab-case; write"));
    assertThat(lines.getLast()).isEqualTo("… and " + (301 - (lines.size() - 1)) + " more");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 40, 41, 42, 43, 80, 100, 4_000})
  void whateverTheLengthOfAReasonItFits(int bytes) {
    String text = "first \uD83D\uDE00\uD83D\uDE00 \"line\"\nsecond\u0001line\n\nthird line";
    String fitting = ReasonText.fitting(text, bytes);
    int size = JsonStringEncoder.getInstance().quoteAsUTF8(fitting).length;
    assertThat(size).isLessThanOrEqualTo(Math.max(bytes, 3));
    assertThat(fitting)
        .isEqualTo(new String(fitting.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }

  @Test
  void aDeleteChangesNothingAndKeepsTheNameItIsGiven() throws Exception {
    send(event("Create", "r1", 29));
    ObjectNode delete = event("Delete", "r2", 29);
    delete.put("PhysicalResourceId", "gateway-PolicyInForce-1ABCDEF");
    JsonNode answer = send(delete);
    assertThat(status(answer)).isEqualTo("SUCCESS");
    assertThat(answer.path("PhysicalResourceId").asText())
        .isEqualTo("gateway-PolicyInForce-1ABCDEF");
    assertThat(inForce().sequence()).isEqualTo(1);
  }

  @Test
  void aDeleteOfWhatCannotEvenBeReadIsAnswered() throws Exception {
    ObjectNode delete = event("Delete", "r2", 29);
    delete.put("ResourceProperties", "nonsense");
    assertThat(status(send(delete))).isEqualTo("SUCCESS");
  }

  @Test
  void aDeleteThatOvertakesACreateLeavesAWholeSetAndAChain() throws Exception {
    send(event("Create", "r1", 29));
    assertThat(status(send(event("Delete", "r3", 30)))).isEqualTo("SUCCESS");
    assertThat(status(send(event("Create", "r2", 30)))).isEqualTo("SUCCESS");
    assertThat(sets()).containsExactly(0, 1);
    verified();
  }

  @Test
  void oneEventAtManyPlacesAtOnceIsOneActivation() throws Exception {
    send(event("Create", "r1", 29));
    List<Callable<JsonNode>> deliveries = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      deliveries.add(() -> send(event("Update", "r2", 30)));
    }
    int changed = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<JsonNode> answer : threads.invokeAll(deliveries)) {
        assertThat(status(answer.get())).isEqualTo("SUCCESS");
        changed += answer.get().path("Data").path("Changed").asBoolean() ? 1 : 0;
      }
    }
    assertThat(changed).isEqualTo(1);
    assertThat(sets()).containsExactly(0, 1);
    assertThat(endpoint.received()).hasSize(9);
    verified();
  }

  @Test
  void anOldEventThatComesAgainDoesNotUndoARollback() throws Exception {
    send(event("Create", "r1", 29));
    send(event("Update", "r2", 30));
    send(event("Update", "r3", 29));
    JsonNode answer = send(event("Update", "r2", 30));
    assertThat(status(answer)).isEqualTo("SUCCESS");
    assertThat(answer.path("Data").path("Entry").asText())
        .as("of the last entry, not of that request's")
        .isEqualTo(store.policySets().history().getLast().entry().hex());
    assertThat(sets()).containsExactly(0, 1, 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"RequestType\":\"Create\",\"ResponseURL\":\"@\"}",
        "{\"ResponseURL\":\"@\",\"RequestType\":\"Create\",\"RequestType\":\"Delete\"}",
        "{\"ResponseURL\":\"@\",\"RequestId\":\"r\",\"StackId\":\"s\",\"RequestType\":\"Drop\"}",
        "{\"ResponseURL\":\"@\", and here it ends",
      })
  void whoeverWaitsIsAnsweredWhateverTheyAsked(String event) throws Exception {
    handler(store)
        .handleRequest(
            new ByteArrayInputStream(
                event.replace("@", endpoint.url()).getBytes(StandardCharsets.UTF_8)),
            new ByteArrayOutputStream(),
            Invocation.of(TIMEOUT));
    JsonNode answer = Events.JSON.readTree(endpoint.received().getFirst().body());
    assertThat(status(answer)).isEqualTo("FAILED");
    assertThat(answer.path("Reason").asText()).endsWith("Nothing was changed.");
    assertThat(answer.path("PhysicalResourceId").asText()).isEqualTo("policy-in-force");
    assertThat(store.policySets().inForce()).isEmpty();
  }

  @Test
  void allThatIsWrongWithTheRequestIsSaid() throws Exception {
    ObjectNode event = event("Create", "r1", 29);
    Events.properties(event)
        .put("Colour", "red")
        .put("ServiceTimeout", "soon")
        .put("Reason", "two\nlines");
    Events.properties(event).putNull("Catalog");
    String reason = send(event).path("Reason").asText();
    assertThat(reason)
        .contains("property Colour is not known")
        .contains("ServiceTimeout is soon: write seconds, from 1 to 3600")
        .contains("Catalog is null");
    ObjectNode second = event("Create", "r1", 29);
    Events.properties(second).put("Reason", "two\nlines");
    assertThat(send(second).path("Reason").asText()).contains("the reason has a line break");
  }

  @Test
  void norwayWithoutQuotesIsExplained() throws Exception {
    ObjectNode event = event("Create", "r1", 29);
    ObjectNode policy = (ObjectNode) Events.properties(event).path("Policies").get(0);
    ((ObjectNode) policy.path("scope")).putArray("locations").add(false);
    assertThat(send(event).path("Reason").asText()).contains("write \"NO\" with its quotes");
  }

  /**
   * Whichever operation hangs, before or after it took effect: the answer is there before the
   * time-out, and what it says stays true when the hanging call goes on after all and the event is
   * delivered again.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GetItem before",
        "GetItem after",
        "PutItem before",
        "PutItem after",
        "Query before",
        "TransactWriteItems before",
        "TransactWriteItems after",
        "everything before",
      })
  void aTableThatHangsIsGivenUpAndWhatWasGivenUpNeverTakesEffect(String what) throws Exception {
    send(event("Create", "r1", 29));
    String operation = what.substring(0, what.indexOf(' '));
    try (Relay relay = new Relay(endpointOf(settings));
        PolicyStore behind = PolicyStore.open(slowly(relay))) {
      Fate fate = what.endsWith("before") ? Fate.HELD_BEFORE : Fate.HELD_AFTER;
      List<String> seen = new CopyOnWriteArrayList<>();
      relay.decide(asked -> {
        boolean first = !seen.contains(asked);
        seen.add(asked);
        return operation.equals("everything") || (asked.equals(operation) && first)
            ? fate
            : Fate.PASS;
      });
      JsonNode answer = send(event("Update", "r2", 30), Duration.ofSeconds(4), behind);
      String told = status(answer);
      int inForceThen = sets().getLast();
      assertThat(told).isEqualTo(inForceThen == 1 ? "SUCCESS" : "FAILED");
      relay.release();
      relay.awaitQuiet();
      for (int i = 0; i < 2; i++) {
        if (told.equals("FAILED") && !operation.equals("everything")) {
          assertThat(sets()).as("what was held went on").containsExactly(0);
          assertThat(status(send(event("Update", "r2", 30)))).isEqualTo("FAILED");
        } else if (told.equals("SUCCESS")) {
          assertThat(status(send(event("Update", "r2", 30)))).isEqualTo("SUCCESS");
        }
        assertThat(sets().getLast()).isEqualTo(inForceThen);
      }
      verified();
    }
  }

  @Test
  void anAnswerOfDynamoDbThatIsLostIsAskedForAgain() throws Exception {
    send(event("Create", "r1", 29));
    try (Relay relay = new Relay(endpointOf(settings));
        PolicyStore behind = PolicyStore.open(slowly(relay))) {
      List<String> seen = new CopyOnWriteArrayList<>();
      relay.decide(asked -> {
        boolean first = !seen.contains(asked);
        seen.add(asked);
        return first ? Fate.LOST_AFTER : Fate.PASS;
      });
      JsonNode answer = send(event("Update", "r2", 30), TIMEOUT, behind);
      assertThat(status(answer)).isEqualTo("SUCCESS");
      assertThat(answer.path("Data").path("Changed").asText()).isEqualTo("true");
    }
    assertThat(sets()).containsExactly(0, 1);
    verified();
  }

  @Test
  void aTransactionThatNobodyAnswersIsNotCalledUndoneWhenItWasDone() throws Exception {
    send(event("Create", "r1", 29));
    try (Relay relay = new Relay(endpointOf(settings));
        PolicyStore behind = PolicyStore.open(slowly(relay))) {
      relay.decide(asked -> asked.equals("TransactWriteItems") ? Fate.LOST_AFTER : Fate.PASS);
      JsonNode answer = send(event("Update", "r2", 30), TIMEOUT, behind);
      assertThat(status(answer)).isEqualTo("SUCCESS");
    }
    assertThat(sets()).containsExactly(0, 1);
    verified();
  }

  @Test
  void aFailureOfTheTableIsAFailureForGood() throws Exception {
    send(event("Create", "r1", 29));
    try (Relay relay = new Relay(endpointOf(settings));
        PolicyStore behind = PolicyStore.open(slowly(relay))) {
      relay.decide(asked -> asked.equals("TransactWriteItems") ? Fate.FAILED : Fate.PASS);
      JsonNode answer = send(event("Update", "r2", 30), TIMEOUT, behind);
      assertThat(status(answer)).isEqualTo("FAILED");
      assertThat(answer.path("Reason").asText()).startsWith("The set in force is unchanged");
    }
    assertThat(status(send(event("Update", "r2", 30)))).isEqualTo("FAILED");
    assertThat(sets()).containsExactly(0);
  }

  @Test
  void anEventThatCloudFormationNoLongerWaitsForTakesNoEffect() throws Exception {
    send(event("Create", "r1", 29));
    ObjectNode event = event("Update", "r2", 30);
    Events.properties(event).put("ServiceTimeout", "120");
    // What a first delivery does before anything else; then it was killed.
    store.policySets().begin("r2", now);
    now = now.plusSeconds(120);
    JsonNode answer = send(event);
    assertThat(status(answer)).isEqualTo("FAILED");
    assertThat(answer.path("Reason").asText())
        .contains("CloudFormation stopped waiting for this request at 2026-01-15T12:02:00Z");
    assertThat(sets()).containsExactly(0);
  }

  /** It lay in Lambda's queue, where nothing has noted it, until the stack had rolled back. */
  @Test
  void anEventThatIsDeliveredAfterItsRollbackTakesNoEffect() throws Exception {
    send(event("Create", "r1", 29));
    ObjectNode late = signed(event("Update", "r2", 30), "20260115T120000Z");
    now = Instant.parse("2026-01-15T12:03:01Z");
    assertThat(status(send(signed(event("Update", "r3", 29), "20260115T120300Z"))))
        .isEqualTo("SUCCESS");
    JsonNode answer = send(late);
    assertThat(status(answer)).isEqualTo("FAILED");
    assertThat(answer.path("Reason").asText())
        .contains("CloudFormation stopped waiting for this request at 2026-01-15T12:03:00Z");
    assertThat(status(send(late))).isEqualTo("FAILED");
    assertThat(sets()).containsExactly(0);
    verified();
  }

  @Test
  void anEventThatIsDeliveredLateButInTimeTakesEffect() throws Exception {
    send(event("Create", "r1", 29));
    now = Instant.parse("2026-01-15T12:02:00Z");
    assertThat(status(send(signed(event("Update", "r2", 30), "20260115T120000Z"))))
        .isEqualTo("SUCCESS");
    // AWS's clock may be ahead of ours.
    assertThat(status(send(signed(event("Update", "r3", 29), "20260115T120205Z"))))
        .isEqualTo("SUCCESS");
    assertThat(sets()).containsExactly(0, 1, 0);
  }

  private static ObjectNode signed(ObjectNode event, String date) {
    Events.properties(event).put("ServiceTimeout", "180");
    return event.put(
        "ResponseURL",
        event.path("ResponseURL").asText()
            + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date="
            + date
            + "&X-Amz-Expires=7200");
  }

  /**
   * Neither the deployment nor CloudFormation's rollback builds on it; both say what to restore.
   */
  @Test
  void aPointerThatSomebodyChangedIsNotBuiltOnAndTheReasonSaysWhatToRestore() throws Exception {
    send(event("Create", "r1", 28));
    send(event("Update", "r2", 29));
    List<Activation> before = store.policySets().history();
    String right = before.get(1).digest().hex();
    pointTo(before.get(0).digest().hex());
    for (ObjectNode event : List.of(event("Update", "r3", 28), event("Update", "r4", 29))) {
      JsonNode answer = send(event);
      assertThat(status(answer)).isEqualTo("FAILED");
      assertThat(answer.path("Reason").asText())
          .startsWith(
              "The set in force is unchanged: the item in-force / in-force is not what entry 2 says")
          .contains("Restore the item in-force / in-force", right);
    }
    JsonNode again = send(event("Update", "r2", 29));
    assertThat(status(again)).as("carried out, but who knows what is in force").isEqualTo("FAILED");
    assertThat(again.path("Reason").asText()).contains("was carried out before", right);
    pointTo(right);
    verified();
    assertThat(sets()).containsExactly(0, 1);
    assertThat(status(send(event("Update", "r5", 28)))).isEqualTo("SUCCESS");
    assertThat(sets()).containsExactly(0, 1, 0);
    verified();
  }

  private void pointTo(String digest) {
    try (DynamoDbClient client = PolicyStore.client(settings)) {
      client.updateItem(update ->
          update
              .tableName(settings.policySetsTable())
              .key(
                  Map.of(
                      "pk", AttributeValue.fromS("in-force"),
                      "sk", AttributeValue.fromS("in-force")))
              .updateExpression("SET digest = :digest")
              .expressionAttributeValues(Map.of(":digest", AttributeValue.fromS(digest))));
    }
  }

  /** By the order in which they first came to be in force. */
  private List<Integer> sets() throws PolicyStoreException {
    List<String> known = new ArrayList<>();
    List<Integer> sets = new ArrayList<>();
    for (Activation activation : store.policySets().history()) {
      String digest = activation.digest().hex();
      if (!known.contains(digest)) {
        known.add(digest);
      }
      sets.add(known.indexOf(digest));
    }
    return sets;
  }

  private void verified() throws PolicyStoreException {
    assertThat(store.policySets().verifyHistory().findings()).isEmpty();
    store.policySets().read(inForce().digest());
  }

  private ActiveSet inForce() throws PolicyStoreException {
    return store.policySets().inForce().orElseThrow();
  }

  private static URI endpointOf(StoreSettings settings) {
    return Objects.requireNonNull(settings.endpoint());
  }

  /** With calls that hang for longer than the watchdog waits, and few attempts. */
  private StoreSettings slowly(Relay relay) {
    return new StoreSettings(
        settings.policySetsTable(),
        settings.agentsTable(),
        settings.region(),
        relay.uri(),
        new Timeouts(
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            3,
            Duration.ofSeconds(20),
            Duration.ofSeconds(20)));
  }

  private ObjectNode event(String type, String requestId, int day) {
    return Events.event(type, requestId, Events.policy(day), endpoint.url());
  }

  private PolicyDeployerHandler handler(PolicyStore of) {
    return new PolicyDeployerHandler(of.policySets(), clock, log::add);
  }

  private JsonNode send(ObjectNode event) throws IOException {
    return send(event, TIMEOUT, store);
  }

  private JsonNode send(ObjectNode event, Duration timeout, PolicyStore of) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    handler(of)
        .handleRequest(
            new ByteArrayInputStream(Events.JSON.writeValueAsBytes(event)),
            output,
            Invocation.of(timeout));
    JsonNode answer = Events.JSON.readTree(output.toByteArray());
    if (status(answer).equals("SUCCESS") && !event.path("RequestType").asText().equals("Delete")) {
      hasAnAnchor(answer);
    }
    return answer;
  }

  /** The template's outputs name both, so that an answer without one would fail the deployment. */
  private static void hasAnAnchor(JsonNode answer) {
    for (String name : List.of("Digest", "Entry")) {
      assertThat(answer.path("Data").path(name).asText()).as(name).matches("[0-9a-f]{64}");
    }
  }

  private static String status(JsonNode answer) {
    return answer.path("Status").asText();
  }
}
