package updategateway.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rolling back on a real table, more than once. */
final class RollbackCommandTest {
  @Test
  void eachRollbackGoesOneFurtherBackAndTheEndIsSaid(@TempDir Path folder) throws Exception {
    try (TableByHand table = new TableByHand()) {
      for (int day = 1; day <= 3; day++) {
        assertThat(table.deploy(until(folder, day), "deployment " + day).exitCode()).isZero();
      }
      Ran second = rollback(table);
      assertThat(second.flowing()).contains("the set of activation 2");
      assertThat(inForce(table)).contains("2034-10-02");
      assertThat(rollback(table).flowing()).contains("the set of activation 1");
      assertThat(inForce(table)).contains("2034-10-01");

      Ran end = rollback(table);
      assertThat(end.exitCode()).isEqualTo(1);
      assertThat(end.err())
          .contains(
              "No set was in force before this one: there is nothing to roll back to",
              "--to DIGEST|SEQUENCE",
              "scripts/policy history");
      assertThat(inForce(table)).contains("2034-10-01");

      // Forward again is said, and then it is a step on the way like any other.
      assertThat(
              table.policy("rollback", "--yes", "--to", "3", "--reason", "it was right").exitCode())
          .isZero();
      assertThat(inForce(table)).contains("2034-10-03");
      assertThat(rollback(table).exitCode()).isZero();
      assertThat(inForce(table)).contains("2034-10-01");
      assertThat(table.policy("history", "--verify").exitCode()).isZero();
    }
  }

  @Test
  void whoPutsAnOldSetBackByDeployingItGoesForward(@TempDir Path folder) throws Exception {
    try (TableByHand table = new TableByHand()) {
      table.deploy(until(folder, 1), "one");
      table.deploy(until(folder, 2), "two");
      table.deploy(folder.resolve("1"), "one again");
      assertThat(rollback(table).exitCode()).isZero();
      assertThat(inForce(table)).contains("2034-10-02");
      assertThat(rollback(table).exitCode()).isZero();
      assertThat(inForce(table)).contains("2034-10-01");
      assertThat(rollback(table).exitCode()).isEqualTo(1);
    }
  }

  private static Ran rollback(TableByHand table) {
    return table.policy("rollback", "--yes", "--reason", "it was wrong");
  }

  private static String inForce(TableByHand table) {
    return table.policy("show").out();
  }

  private static Path until(Path folder, int day) throws IOException {
    return PlanCommandTest.edited(
        Files.createDirectory(folder.resolve(Integer.toString(day))),
        "us-icts-2021-002.yaml",
        "2024-09-29 00:00",
        "2034-10-%02d 00:00".formatted(day));
  }
}
