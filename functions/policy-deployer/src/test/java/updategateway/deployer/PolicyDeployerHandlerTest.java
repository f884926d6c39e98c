package updategateway.deployer;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.history.Activation;
import updategateway.store.testing.TestTables;

/** Bytes in, bytes out, with a real DynamoDB behind it. */
final class PolicyDeployerHandlerTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-15T12:00:00Z"));

  private PolicyStore store = PolicyStore.open(TestTables.create());

  @BeforeEach
  void emptyTables() {
    store.close();
    store = PolicyStore.open(TestTables.create());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void creatingPutsTheSetInForce() throws Exception {
    JsonNode answer = send(event("Create", "r1", policy("2024-09-29 00:00 America/New_York")));
    assertThat(answer.path("Status").asText()).isEqualTo("SUCCESS");
    assertThat(answer.path("PhysicalResourceId").asText()).isEqualTo("policy-in-force");
    assertThat(answer.path("Data").path("Changed").asText()).isEqualTo("true");
    assertThat(answer.path("Data").path("Sequence").asText()).isEqualTo("1");
    assertThat(inForce()).isEqualTo(answer.path("Data").path("Digest").asText());
  }

  @Test
  void updatingMovesAndRollingBackMovesBack() throws Exception {
    String first = digest(send(event("Create", "r1", policy("2024-09-29 00:00 America/New_York"))));
    String second =
        digest(send(event("Update", "r2", policy("2024-10-29 00:00 America/New_York"))));
    assertThat(inForce()).isEqualTo(second).isNotEqualTo(first);
    assertThat(digest(send(event("Update", "r3", policy("2024-09-29 00:00 America/New_York")))))
        .isEqualTo(first);
    assertThat(inForce()).isEqualTo(first);
    assertThat(history()).hasSize(3);
  }

  @Test
  void theSameRequestThreeTimesIsOneActivation() throws Exception {
    for (int i = 0; i < 3; i++) {
      JsonNode answer = send(event("Create", "r1", policy("2024-09-29 00:00 America/New_York")));
      assertThat(answer.path("Status").asText()).isEqualTo("SUCCESS");
      assertThat(answer.path("Data").path("Changed").asText()).isEqualTo(i == 0 ? "true" : "false");
    }
    assertThat(history()).hasSize(1);
  }

  /** Without another property CloudFormation would see no change, and send nothing. */
  @Test
  void anotherDeploymentOfTheSameFilesPutsThemInForceAgain() throws Exception {
    ObjectNode ofTheStack = policy("2024-09-29 00:00 America/New_York");
    String stacks = digest(send(deployment(event("Create", "r1", ofTheStack), "one")));
    String outside =
        digest(send(event("Update", "r2", policy("2024-10-29 00:00 America/New_York"))));
    assertThat(inForce()).isEqualTo(outside).isNotEqualTo(stacks);
    for (int i = 0; i < 3; i++) {
      assertThat(digest(send(deployment(event("Update", "r3", ofTheStack), "two"))))
          .isEqualTo(stacks);
    }
    assertThat(inForce()).isEqualTo(stacks);
    assertThat(history()).hasSize(3);
    send(deployment(event("Update", "r4", ofTheStack), "three"));
    assertThat(history()).as("nothing was to be changed").hasSize(3);
  }

  private static ObjectNode deployment(ObjectNode event, String deployment) {
    Events.properties(event).put("Deployment", deployment);
    return event;
  }

  @Test
  void deletingTheResourceOpensNothing() throws Exception {
    String digest =
        digest(send(event("Create", "r1", policy("2024-09-29 00:00 America/New_York"))));
    JsonNode answer = send(event("Delete", "r2", policy("2024-09-29 00:00 America/New_York")));
    assertThat(answer.path("Status").asText()).isEqualTo("SUCCESS");
    assertThat(inForce()).isEqualTo(digest);
    assertThat(history()).hasSize(1);
  }

  @Test
  void anInvalidSetFailsWithAllItsMistakesAndChangesNothing() throws Exception {
    String digest =
        digest(send(event("Create", "r1", policy("2024-09-29 00:00 America/New_York"))));
    ObjectNode wrong = policy("2024-09-29 00:00 EDT");
    wrong.put("undetermined", "maybe");
    wrong.put("colour", "red");
    JsonNode answer = send(event("Update", "r2", wrong));
    assertThat(answer.path("Status").asText()).isEqualTo("FAILED");
    assertThat(answer.path("PhysicalResourceId").asText()).isEqualTo("policy-in-force");
    assertThat(answer.path("Reason").asText())
        .contains("3 mistakes")
        .contains("Policies[0]: phases[0].from")
        .contains("write America/New_York")
        .contains("write refuse or serve")
        .contains("`colour`");
    assertThat(inForce()).isEqualTo(digest);
  }

  @Test
  void noPolicyAtAllIsPutInForceOnlyWhereThatIsSaid() throws Exception {
    String digest =
        digest(send(event("Create", "r1", policy("2024-09-29 00:00 America/New_York"))));
    ObjectNode none = event("Update", "r2", policy("2024-09-29 00:00 America/New_York"));
    Events.properties(none).putArray("Policies");
    for (String meant : List.of("", "false", "yes")) {
      Events.properties(none).put("WithoutPolicies", meant);
      JsonNode answer = send(none);
      assertThat(answer.path("Status").asText()).as(meant).isEqualTo("FAILED");
      assertThat(answer.path("Reason").asText())
          .contains("everything would be served to everybody")
          .contains("write WithoutPolicies: true");
      assertThat(inForce()).isEqualTo(digest);
    }
    Events.properties(none).put("WithoutPolicies", "true");
    assertThat(send(none).path("Status").asText()).isEqualTo("SUCCESS");
    assertThat(inForce()).isNotEqualTo(digest);
  }

  @Test
  void everyPolicyThatIsNoneIsNamedAtOnce() throws Exception {
    ObjectNode odd = event("Create", "r1", policy("2024-09-29 00:00 America/New_York"));
    Events.properties(odd).putArray("Policies").addNull().add("x").add(3);
    assertThat(send(odd).path("Reason").asText())
        .contains("Policies[0] is null")
        .contains("Policies[1] is no mapping")
        .contains("Policies[2] is no mapping");
  }

  @Test
  void aReasonFitsIntoCloudFormationsAnswer() throws Exception {
    ObjectNode wrong = policy("2024-09-29 00:00 America/New_York");
    ArrayNode refuses = ((ObjectNode) wrong.path("phases").get(0)).putArray("refuses");
    for (int i = 0; i < 500; i++) {
      refuses.add("Not Kebab " + i);
    }
    byte[] answer =
        sendBytes(event("Create", "r1", wrong).toString().getBytes(StandardCharsets.UTF_8));
    assertThat(answer.length).isLessThan(4_096);
    assertThat(JSON.readTree(answer).path("Reason").asText())
        .contains("500 mistakes")
        .endsWith(" more");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nonsense                                                              | not JSON
          []                                                                    | not a JSON object
          {}                                                                    | RequestType is missing
          {"RequestType":"Create"}                                              | RequestId is missing
          {"RequestType":"Create","RequestType":"Delete"}                       | a key stands in it twice
          {"RequestType":"Create","RequestId":"r"}                              | StackId is missing
          {"RequestType":"Drop","RequestId":"r","StackId":"s"}                  | it is Create, Update or Delete
          {"RequestType":"Create","RequestId":"r","StackId":"s"}                | ResourceProperties is missing
          {"RequestType":"Create","RequestId":"r","StackId":"s","ResourceProperties":{"Catalog":{}}} | a list of mappings
          {"RequestType":"Create","RequestId":"r","StackId":"s","ResourceProperties":{"X":1}} | property X is not known
          {"RequestType":"Create","RequestId":"r","StackId":"s","ResourceProperties":{"Catalog":{"routes":null},"Policies":[]}} | routes is null
          """)
  void whatIsNoRequestIsAnsweredWithWhatIsWrong(String event, String reason) throws Exception {
    JsonNode answer = JSON.readTree(sendBytes(event.getBytes(StandardCharsets.UTF_8)));
    assertThat(answer.path("Status").asText()).isEqualTo("FAILED");
    assertThat(answer.path("Reason").asText()).contains(reason).contains("Nothing was changed");
    assertThat(store.policySets().inForce()).isEmpty();
  }

  private String inForce() throws PolicyStoreException {
    return store.policySets().inForce().orElseThrow().digest().hex();
  }

  private List<Activation> history() throws PolicyStoreException {
    return store.policySets().history();
  }

  private static String digest(JsonNode answer) {
    return answer.path("Data").path("Digest").asText();
  }

  private JsonNode send(ObjectNode event) throws IOException {
    return JSON.readTree(sendBytes(JSON.writeValueAsBytes(event)));
  }

  private byte[] sendBytes(byte[] event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    Context none =
        (Context)
            Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (_, method, _) -> {
                  throw new UnsupportedOperationException(method.getName());
                });
    new PolicyDeployerHandler(store.policySets(), CLOCK)
        .handleRequest(new ByteArrayInputStream(event), answer, none);
    return answer.toByteArray();
  }

  private static ObjectNode event(String type, String requestId, ObjectNode policy) {
    return Events.event(type, requestId, policy, null);
  }

  private static ObjectNode policy(String from) {
    return Events.policy(from);
  }
}
