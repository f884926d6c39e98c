package updategateway.cli.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import updategateway.commandline.CommandLineTool;
import updategateway.commandline.UsageException;
import updategateway.commandline.tables.TableCreation;
import updategateway.commandline.tables.TemplateTables;
import updategateway.local.run.LocalDynamoDb;
import updategateway.place.Place;
import updategateway.store.PolicyStore;
import updategateway.store.agents.AgentRepository;
import updategateway.store.agents.AgentRepository.Account;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.dynamodb.Timeouts;
import updategateway.store.testing.Relay;

/** The command against a real DynamoDB on a socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AgentsCommandTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final LocalDynamoDb dynamoDb;
  private final URI endpoint;
  private final PolicyStore store;

  @TempDir private Path folder = Path.of("");

  AgentsCommandTest() throws UsageException {
    dynamoDb = LocalDynamoDb.start(null);
    endpoint = dynamoDb.endpoint();
    StoreSettings settings = StoreSettings.of("us-east-1", endpoint).with(Timeouts.WRITE);
    TableCreation.create(TemplateTables.read(Path.of("..", "..", "template.yaml")), settings);
    store = PolicyStore.open(settings);
  }

  @AfterAll
  void stop() throws Exception {
    store.close();
    dynamoDb.close();
  }

  private record Ran(int exitCode, String output, String errors) {
    JsonNode json() throws IOException {
      return JSON.readTree(output);
    }
  }

  private Ran run(String... words) {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.addAll(List.of("--dynamodb", endpoint.toString()));
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try {
      int exitCode = CommandLineTool.run(new AgentsCommand(), arguments.toArray(String[]::new));
      return new Ran(
          exitCode,
          output.toString(StandardCharsets.UTF_8),
          errors.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  @Test
  void anAccountIsPutReadAndRemoved() throws IOException {
    assertThat(run("get", "one").exitCode()).isEqualTo(1);
    assertThat(run("put", "one", "US", "PR").output())
        .isEqualTo("one is registered in US, US-PR (before: no account)\n");
    assertThat(run("put", "one", "DE", "--json").json().toString())
        .isEqualTo("{\"agentId\":\"one\",\"countries\":[\"DE\"],\"before\":[\"US\",\"US-PR\"]}");
    assertThat(run("get", "one", "--json").json().path("countries").get(0).asText())
        .isEqualTo("DE");
    assertThat(run("remove", "one"))
        .isEqualTo(new Ran(0, "one is removed; it was registered in DE\n", ""));
    assertThat(run("remove", "one").exitCode()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          put one us                    | us is no place: write US
          put one UK                    | UK is no place: write GB
          put one Germany               | Germany is no place: write an ISO 3166-1
          put one UA-99                 | UA-99 is no place: ISO 3166-2 has no such subdivision
          put one IN-TG                 | IN-TG is no place: ISO 3166-2 has replaced it: write IN-TS
          put müller US                 | the id müller has a character that no request can carry, U+00FC: write one of ASCII
          put a,b US                    | the id "a,b" has a comma, which separates two ids in a header: write another id, or set
          put a:b US --agent-id-from basic | the id "a:b" has a colon, behind which
          put one US --agent-id-from cookie | --agent-id-from is cookie: it is header:NAME, query:NAME
          verify --expect /no/such.json | /no/such.json cannot be read: name a file that verify --record has written
          verify --expect ../../pom.xml | ../../pom.xml cannot be read
          put one                       | Missing required parameter
          get                           | Missing required parameter
          import /no/such.csv           | There is no file /no/such.csv
          get one --table nope          | There is no table nope at http://
          get one --table a             | the name of a DynamoDB table has 3 to 255 characters
          get one --table nope --stack x | --stack names a table, and --table another
          get one --stack x.y           | --stack is x.y: the name of a stack is letters
          import x.csv --restart --resume-from 7 | keep one of the two
          colour red                    | Unmatched argument
          """)
  void whatCannotBeDoneIsSaidInASentence(String words, String message) {
    Ran ran = run(words.split(" "));
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.errors()).contains(message).doesNotContain("Exception", "\tat ");
  }

  @Test
  void linesThatAreNoAccountsAreNamedAndTheOthersImported() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("mixed.csv"),
            """
            agentId,countries
            mixed-1,US
            mixed 2,"DE; FR"
            mixed-3,us
            mixed-4,
            ,US
            mixed-5
            mixed-6,US,DE

            mixed-1,JP
            mixed-7,UA-43 PR
            """);
    Ran ran = run("import", file.toString(), "--json");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.json().path("imported").asInt()).isEqualTo(4);
    assertThat(ran.json().path("rejected").asInt()).isEqualTo(5);
    List<Integer> lines = new ArrayList<>();
    ran.json().path("rejectedLines").forEach(line -> lines.add(line.path("line").asInt()));
    assertThat(lines).containsExactly(4, 5, 6, 7, 8);
    assertThat(ran.errors()).contains("mixed.csv:4: us is no place: write US");
    AgentRepository accounts = store.accounts();
    assertThat(accounts.get("mixed-1")).contains(List.of("JP"));
    assertThat(accounts.get("mixed 2")).contains(List.of("DE", "FR"));
    assertThat(accounts.get("mixed-7")).contains(List.of("UA-43", "US-PR"));
    assertThat(accounts.get("mixed-3")).isEmpty();
    assertThat(folder.resolve("mixed.csv.import-state")).doesNotExist();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id,countries\\nx,US\\n            | :1: the first line names the columns: write agentId,countries
          ''                                | :1: the first line names the columns
          agentId,countries\\nx,"US\\n      | behind line 1: is no CSV: Unclosed
          agentId,countries\\nx,"US"y\\n    | behind line 1: is no CSV: Unexpected character
          agentId,countries\\n\u00ffx,US\\n | is not UTF-8
          """)
  void whatIsNoSuchFileIsSaid(String text, String message) throws IOException {
    Path file = folder.resolve("broken.csv");
    Files.write(file, text.replace("\\n", "\n").getBytes(StandardCharsets.ISO_8859_1));
    Ran ran = run("import", file.toString());
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.errors()).contains(message).doesNotContain("Exception", "\tat ");
  }

  @Test
  void anIdThatNoAgentCanSendIsRejectedWithItsLine() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("ids.csv"),
            "agentId,countries\nmüller,US\na-1\u00a0,US\n\"a,1\",US\na:1,US\na\u200b,US\n");
    Ran ran = run("import", file.toString());
    assertThat(ran.output()).isEqualTo("1 account imported, 4 lines rejected\n");
    assertThat(ran.errors())
        .contains("ids.csv:2: the id müller has a character that no request can carry, U+00FC")
        .contains("ids.csv:3: the id a-1<U+00A0> has a character that no request can carry, U+00A0")
        .contains("ids.csv:4: the id \"a,1\" has a comma, which separates two ids in a header")
        .contains("ids.csv:6: the id a<U+200B> has a character");
    assertThat(run("import", file.toString(), "--agent-id-from", "query:id").output())
        .isEqualTo("2 accounts imported, 3 lines rejected\n");
    assertThat(run("import", file.toString(), "--agent-id-from", "basic", "--dry-run").errors())
        .contains("ids.csv:5: the id \"a:1\" has a colon");
    assertThat(store.accounts().get("a,1")).isPresent();
  }

  /** Windows PowerShell's {@code Export-Csv -Encoding UTF8}, with and without its type line. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\ufeff\"agentId\",\"countries\"\r\n\"bom-1\",\"US\"\r\n\"bom-2\",\"DE FR\"\r\n",
        "\ufeff#TYPE System.Object\r\n\"agentId\",\"countries\"\r\n\"bom-1\",\"US\"\r\n\"bom-2\",\"DE FR\"\r\n",
        "\ufeffagentId,countries\nbom-1,US\nbom-2,DE FR\n"
      })
  void aFileOfPowerShellIsRead(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("bom.csv"), text);
    assertThat(run("import", file.toString()))
        .isEqualTo(new Ran(0, "2 accounts imported, 0 lines rejected\n", ""));
    assertThat(store.accounts().get("bom-2")).contains(List.of("DE", "FR"));
  }

  /** A table that lost accounts, or that somebody changed, is as readable as before. */
  @Test
  void accountsAreHeldAgainstWhatWasRecordedOfThem() throws Exception {
    StoreSettings settings =
        new StoreSettings(
            "PolicySets-verified", "Agents-verified", "us-east-1", endpoint, Timeouts.WRITE);
    String[] verify = {"verify", "--table", "Agents-verified", "--expect", ""};
    Path recorded = folder.resolve("agents.json");
    verify[4] = recorded.toString();
    try (PolicyStore own = PolicyStore.open(settings);
        DynamoDbClient client = PolicyStore.client(settings)) {
      create(client, "Agents-verified");
      AgentRepository accounts = own.accounts();
      assertThat(run("verify", "--table", "Agents-verified").output())
          .isEqualTo("0 accounts, 0 that can never count; checksum " + "0".repeat(64) + "\n");
      for (int i = 0; i < 60; i++) {
        accounts.put(new Account("agent-" + i, List.of(Place.parse(i % 2 == 0 ? "US" : "DE"))));
      }
      assertThat(
              run("verify", "--table", "Agents-verified", "--record", recorded.toString())
                  .exitCode())
          .isZero();
      Ran same = run(verify);
      assertThat(same.exitCode()).isZero();
      assertThat(same.output()).contains("60 accounts, 0 that", "These are the accounts recorded");

      accounts.put(new Account("agent-7", List.of(Place.parse("US"))));
      Ran altered = run(verify);
      assertThat(altered.exitCode()).isEqualTo(1);
      assertThat(altered.output()).contains("as many, and some are other accounts or registered");
      accounts.put(new Account("agent-7", List.of(Place.parse("DE"))));
      assertThat(run(verify).exitCode()).isZero();

      accounts.remove("agent-8");
      assertThat(run(verify).output()).contains(": 1 fewer. If nobody changed them on purpose");
      accounts.put(new Account("agent-8", List.of(Place.parse("US"))));
      accounts.put(new Account("new", List.of(Place.parse("US"))));
      assertThat(run(verify).output()).contains(": 1 more. If nobody");

      for (String id :
          List.of("m\u00fcller", "a-1\u00a0", "a,b", "4C9FF69E-E0D0-4B9E-9B1C-2D8F5E0F7A11")) {
        client.putItem(put ->
            put.tableName("Agents-verified")
                .item(
                    Map.of(
                        "agentId", AttributeValue.fromS(id),
                        "countries", AttributeValue.fromSs(List.of("US")))));
      }
      client.putItem(put ->
          put.tableName("Agents-verified")
              .item(Map.of("agentId", AttributeValue.fromS("nowhere"))));
      client.putItem(put ->
          put.tableName("Agents-verified")
              .item(
                  Map.of(
                      "agentId", AttributeValue.fromS("elsewhere"),
                      "countries", AttributeValue.fromSs(List.of("Germany")))));
      Ran odd = run("verify", "--table", "Agents-verified");
      assertThat(odd.exitCode()).isEqualTo(1);
      assertThat(odd.output())
          .contains("67 accounts, 6 that can never count")
          .contains("the id m\u00fcller has a character that no request can carry, U+00FC")
          .contains("the id a-1<U+00A0> has a character")
          .contains("the id \"a,b\" has a comma")
          .contains("UUID in upper case: put 4c9ff69e-e0d0-4b9e-9b1c-2d8f5e0f7a11 and remove")
          .contains("the account nowhere names no place")
          .contains("the account elsewhere: Germany is no place");
      assertThat(
              run("verify", "--table", "Agents-verified", "--agent-id-from", "query:id", "--json")
                  .json()
                  .path("rejected")
                  .asInt())
          .isEqualTo(5);
    }
  }

  private static void create(DynamoDbClient client, String table) {
    client.createTable(create ->
        create
            .tableName(table)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                AttributeDefinition.builder()
                    .attributeName("agentId")
                    .attributeType(ScalarAttributeType.S)
                    .build())
            .keySchema(
                KeySchemaElement.builder().attributeName("agentId").keyType(KeyType.HASH).build()));
    client.waiter().waitUntilTableExists(describe -> describe.tableName(table));
  }

  @Test
  void aDryRunWritesNothing() throws Exception {
    Path file = Files.writeString(folder.resolve("dry.csv"), "countries,AgentID\r\nUS,dry\r\n");
    assertThat(run("import", "--dry-run", file.toString()))
        .isEqualTo(new Ran(0, "1 account can be imported, 0 lines rejected\n", ""));
    assertThat(store.accounts().get("dry")).isEmpty();
    assertThat(folder.resolve("dry.csv.import-state")).doesNotExist();
  }

  /** Set {@code import.rows} to a million to see it; here it must not take that long. */
  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void aLongFileIsImportedInLittleMemoryThoughItsProcessIsKilled() throws Exception {
    int rows = Integer.getInteger("import.rows", 20_000);
    Path file = folder.resolve("long.csv");
    try (var lines = Files.newBufferedWriter(file)) {
      lines.write("agentId,countries\n");
      for (int i = 2; i <= rows + 1; i++) {
        lines.write(i % 1_000 == 0 ? "long-" + i + ",XX\n" : "long-" + i + ",US;DE\n");
      }
    }
    Path state = folder.resolve("long.csv.import-state");
    // The table takes some and keeps the rest waiting, so that it cannot be ready before it is
    // killed.
    try (Relay relay = new Relay(endpoint)) {
      AtomicInteger writes = new AtomicInteger();
      relay.decide(operation ->
          operation.equals("BatchWriteItem") && writes.incrementAndGet() > rows / 50
              ? Relay.Fate.HELD_BEFORE
              : Relay.Fate.PASS);
      Process first = process(file, relay.uri());
      while (!Files.exists(state) && first.isAlive()) {
        Thread.sleep(5);
      }
      first.destroyForcibly().waitFor();
      relay.decide(_ -> Relay.Fate.PASS);
      assertThat(state).exists();
      long done = JSON.readTree(state.toFile()).path("line").asLong();
      assertThat(done).isBetween(1_000L, (long) rows);

      // The file may not change between the two.
      Ran other = run("import", file.toString(), "--table", "Other");
      assertThat(other.exitCode()).isEqualTo(2);
      assertThat(other.errors()).contains("behind line " + done, "--restart", "--resume-from");

      Process second = process(file, relay.uri());
      String output = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(second.waitFor()).as(output).isEqualTo(1);
      assertThat(output)
          .contains("An import stopped behind line " + done + ": going on.")
          .contains(
              String.format(
                  Locale.ROOT,
                  "%,d accounts imported, %d lines rejected",
                  rows - rows / 1_000,
                  rows / 1_000));
    }
    assertThat(state).doesNotExist();
    for (int i = 2; i <= rows + 1; i += 1 + rows / 500) {
      assertThat(store.accounts().get("long-" + i))
          .as("long-" + i)
          .isEqualTo(i % 1_000 == 0 ? Optional.empty() : Optional.of(List.of("DE", "US")));
    }
  }

  @Test
  void anImportBeginsWhereItIsTold() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("part.csv"), "agentId,countries\npart-2,US\npart-3,US\npart-4,US\n");
    assertThat(run("import", file.toString(), "--resume-from", "4").output())
        .isEqualTo("1 account imported, 0 lines rejected\n");
    assertThat(store.accounts().get("part-3")).isEmpty();
    assertThat(store.accounts().get("part-4")).isPresent();
  }

  /** A process of its own with 64 MB, which is less than the file, its rows and its library. */
  private static Process process(Path file, URI dynamoDb) throws IOException, PolicyStoreException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xmx64m",
            "-Duser.language=tr",
            "-Dupdategateway.project=../..",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            AgentsCommand.class.getName(),
            "import",
            file.toString(),
            "--dynamodb",
            dynamoDb.toString())
        .redirectErrorStream(true)
        .start();
  }
}
