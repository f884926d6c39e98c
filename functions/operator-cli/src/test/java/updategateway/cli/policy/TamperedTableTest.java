package updategateway.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static updategateway.cli.policy.Ran.SHIPPED;
import static updategateway.cli.policy.TableByHand.ACTIVATION;
import static updategateway.cli.policy.TableByHand.IN_FORCE;
import static updategateway.cli.policy.TableByHand.place;
import static updategateway.cli.policy.TableByHand.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What an operator is told of a table that somebody has changed by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TamperedTableTest {
  private final TableByHand table;
  private Map<String, Map<String, AttributeValue>> genuine = Map.of();
  private Path moved = SHIPPED;

  TamperedTableTest() throws Exception {
    table = new TableByHand();
  }

  @BeforeAll
  void twoActivations(@TempDir Path folder) throws IOException {
    moved =
        PlanCommandTest.edited(
            Files.createDirectory(folder.resolve("moved")),
            "us-icts-2021-002.yaml",
            "2024-09-29 00:00",
            "2034-10-31 00:00");
    table.deploy(moved, "a court has stayed the order");
    table.deploy(SHIPPED, "the stay was lifted");
    genuine = table.items();
  }

  @BeforeEach
  void asItWas() {
    table.restore(genuine);
  }

  @AfterAll
  void close() throws Exception {
    table.close();
  }

  /** The set that was in force before is served again, and every command would have agreed. */
  @Test
  void aPointerToAnotherSetIsNeitherConfirmedNorBuiltOn() {
    String stayed = text(table.entry(1), "digest");
    String ordered = text(table.entry(2), "digest");
    table.change(table.pointer(), item -> item.put("digest", AttributeValue.fromS(stayed)));
    Map<String, Map<String, AttributeValue>> tampered = table.items();
    for (Ran ran :
        List.of(
            table.policy("show"),
            table.policy("show", "--at", text(table.entry(1), "at")),
            table.policy("show", "2"),
            table.policy("plan", "--policies", moved.toString()),
            table.deploy(moved, "the court again"),
            table.deploy(SHIPPED, "the court again"),
            table.policy("rollback", "--yes", "--reason", "the court again"),
            table.policy("rollback", "--yes", "--to", "1", "--reason", "the court again"))) {
      assertThat(ran.exitCode()).as(ran.toString()).isEqualTo(1);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err())
          .contains(
              "What the table holds does not verify: the item in-force / in-force is not what entry 2 says",
              stayed,
              ordered,
              "Restore the item in-force / in-force and the last entry from point-in-time recovery: entry 2,",
              text(table.entry(2), "entry"),
              "scripts/policy history --verify")
          .doesNotContain("Exception");
    }
    Ran history = table.policy("history");
    assertThat(history.exitCode()).isEqualTo(1);
    assertThat(history.flowing())
        .contains(
            "reason: the stay was lifted",
            "The item in-force / in-force is not what entry 2 says",
            "Restore the item in-force / in-force");
    assertThat(table.items()).as("nothing was changed").isEqualTo(tampered);

    table.change(table.pointer(), item -> item.put("digest", AttributeValue.fromS(ordered)));
    assertThat(table.policy("show").exitCode()).isZero();
    assertThat(table.policy("history", "--verify").exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"digest", "since", "by", "sequence", "entry"})
  void aPointerThatLacksAnAttributeIsToBeRestored(String attribute) {
    table.change(table.pointer(), item -> item.remove(attribute));
    Ran ran = table.policy("show");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .contains("Restore the item in-force / in-force", text(table.entry(2), "entry"));
    assertThat(table.deploy(SHIPPED, "x").exitCode()).isEqualTo(1);
    assertThat(table.deploy(moved, "x").exitCode()).isEqualTo(1);
  }

  @Test
  void aPointerThatIsGoneIsNotNothingInForce() {
    Map<String, AttributeValue> pointer = table.pointer();
    table.delete(IN_FORCE, IN_FORCE);
    Map<String, Map<String, AttributeValue>> tampered = table.items();
    for (Ran ran :
        List.of(
            table.policy("show"),
            table.deploy(SHIPPED, "once more"),
            table.deploy(moved, "once more"),
            table.policy("rollback", "--yes", "--reason", "x"))) {
      assertThat(ran.exitCode()).as(ran.toString()).isEqualTo(1);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err())
          .doesNotContain("Nothing is in force", "nothing to roll back")
          .contains(
              "nothing says which set is in force, though there is a history: the item in-force / in-force is"
                  + " missing",
              "entry 2",
              "Restore the item in-force / in-force",
              text(pointer, "entry"));
    }
    assertThat(table.items()).as("no second chain").isEqualTo(tampered);
    table.write(pointer);
    assertThat(table.policy("history", "--verify").exitCode()).isZero();
  }

  @Test
  void aPointerThatWasSetBackIsFound() {
    table.change(
        table.pointer(),
        item -> {
          item.put("digest", AttributeValue.fromS(text(table.entry(1), "digest")));
          item.put("since", AttributeValue.fromS(text(table.entry(1), "at")));
          item.put("sequence", AttributeValue.fromN("1"));
          item.put("entry", AttributeValue.fromS(text(table.entry(1), "entry")));
        });
    for (Ran ran : List.of(table.policy("show"), table.deploy(moved, "x"))) {
      assertThat(ran.exitCode()).as(ran.toString()).isEqualTo(1);
      assertThat(ran.err())
          .contains("ntry 2 was never put in force", "Restore the item in-force / in-force");
    }
  }

  /** {@code show --at} proves something to somebody; it must not prove what was forged. */
  @Test
  void anEntryThatWasChangedProvesNothing() {
    String at = text(table.entry(1), "at");
    table.change(
        table.entry(1),
        item -> item.put("digest", AttributeValue.fromS(text(table.entry(2), "digest"))));
    for (Ran ran :
        List.of(
            table.policy("show", "--at", at),
            table.policy("show", "--at", at, "--json"),
            table.policy("show", "1"),
            table.policy("rollback", "--yes", "--reason", "x"),
            table.policy("rollback", "--yes", "--to", "1", "--reason", "x"))) {
      assertThat(ran.exitCode()).as(ran.toString()).isEqualTo(1);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err())
          .contains(
              "entry 1 was changed: its hash is not that of what it says",
              "Restore the item activation / 000000000001",
              text(table.entry(2), "previousEntry"));
    }
    assertThat(table.policy("history").exitCode()).isEqualTo(1);
    assertThat(table.policy("show").exitCode()).as("the last entry is right").isZero();
    assertThat(table.deploy(moved, "in need").exitCode()).as("and can be built on").isZero();
    assertThat(table.policy("history", "--verify").exitCode()).isEqualTo(1);
  }

  @Test
  void anEntryThatIsGoneProvesNothing() {
    table.delete(ACTIVATION, place(1));
    Ran ran = table.policy("show", "--at", text(table.entry(2), "at"));
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .contains(
            "entry 1 is missing",
            "Restore the item activation / 000000000001",
            text(table.entry(2), "previousEntry"));
  }

  enum Deed {
    POINTER_NAMES_THE_OTHER_SET,
    POINTER_NAMES_THE_OTHER_ENTRY,
    POINTER_IS_GONE,
    LAST_ENTRY_NAMES_THE_OTHER_SET,
    LAST_ENTRY_IS_GONE,
    FIRST_ENTRY_IS_EARLIER,
    FIRST_ENTRY_IS_GONE,
    ENTRIES_ARE_SWAPPED
  }

  /** Whatever is done to one item: nobody is told of a set that it is in force, and it is not. */
  @ParameterizedTest
  @EnumSource
  void noCommandConfirmsAWrongSet(Deed deed) throws Exception {
    commit(deed);
    assertThat(table.policy("history", "--verify").exitCode()).isEqualTo(1);
    assertThat(table.policy("history").exitCode()).isEqualTo(1);
    String ordered = digest(2);
    confirmsOnly(table.policy("show", "--json"), "/digest", ordered);
    for (int i = 1; i <= 2; i++) {
      String at = text(genuine.getOrDefault(ACTIVATION + " / " + place(i), Map.of()), "at");
      confirmsOnly(table.policy("show", "--at", at, "--json"), "/digest", digest(i));
    }
    confirmsOnly(
        table.policy("rollback", "--yes", "--reason", "x", "--json"), "/inForce/digest", digest(1));
    table.restore(genuine);
    commit(deed);
    confirmsOnly(
        table.policy("deploy", "--yes", "--policies", moved.toString(), "--reason", "x", "--json"),
        "/inForce/digest",
        digest(1));
  }

  private void commit(Deed deed) {
    switch (deed) {
      case POINTER_NAMES_THE_OTHER_SET ->
          table.change(table.pointer(), item -> put(item, "digest", digest(1)));
      case POINTER_NAMES_THE_OTHER_ENTRY ->
          table.change(table.pointer(), item -> put(item, "entry", text(table.entry(1), "entry")));
      case POINTER_IS_GONE -> table.delete(IN_FORCE, IN_FORCE);
      case LAST_ENTRY_NAMES_THE_OTHER_SET ->
          table.change(table.entry(2), item -> put(item, "digest", digest(1)));
      case LAST_ENTRY_IS_GONE -> table.delete(ACTIVATION, place(2));
      case FIRST_ENTRY_IS_EARLIER ->
          table.change(table.entry(1), item -> put(item, "at", "2020-01-01T00:00:00Z"));
      case FIRST_ENTRY_IS_GONE -> table.delete(ACTIVATION, place(1));
      case ENTRIES_ARE_SWAPPED -> {
        Map<String, AttributeValue> one = table.entry(1);
        Map<String, AttributeValue> two = table.entry(2);
        table.change(one, item -> put(item, "sk", place(2)));
        table.change(two, item -> put(item, "sk", place(1)));
      }
    }
  }

  private static void put(Map<String, AttributeValue> item, String name, String text) {
    item.put(name, AttributeValue.fromS(text));
  }

  /** As it was before anybody touched it. */
  private String digest(int sequence) {
    return text(genuine.getOrDefault(ACTIVATION + " / " + place(sequence), Map.of()), "digest");
  }

  private static void confirmsOnly(Ran ran, String pointer, String digest) {
    if (ran.exitCode() == 0) {
      assertThat(ran.json().at(pointer).asText()).as(ran.toString()).isEqualTo(digest);
    } else {
      assertThat(ran.exitCode()).as(ran.toString()).isEqualTo(1);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err()).contains("What the table holds does not verify: ");
    }
  }
}
