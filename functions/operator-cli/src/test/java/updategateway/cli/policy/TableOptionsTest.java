package updategateway.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static updategateway.cli.policy.Ran.SHIPPED;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which table and which instant somebody means, when they mean none that there can be. */
final class TableOptionsTest {
  @ParameterizedTest
  @ValueSource(strings = {"ab", "", "Policy Sets", "Policy/Sets", "Poli\u010dy"})
  void aNameThatNoTableCanHaveIsNotATableOutOfReach(String name) {
    for (String command : new String[] {"show", "history"}) {
      isRefused(Ran.policy(command, "--dynamodb", "http://127.0.0.1:1", "--table", name));
    }
    isRefused(
        Ran.policy(
            "deploy",
            "--create-tables",
            "--dynamodb",
            "http://127.0.0.1:1",
            "--table",
            name,
            "--reason",
            "x",
            "--policies",
            SHIPPED.toString()));
  }

  private static void isRefused(Ran ran) {
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .contains(
            "--table is",
            "the name of a DynamoDB table has 3 to 255 characters of a-z, A-Z, 0-9, _, - and .")
        .doesNotContain("reached", "Exception");
  }

  @Test
  void anInstantOfTheFutureIsSaidToBeOne() throws Exception {
    try (TableByHand table = new TableByHand()) {
      String tomorrow =
          Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
      Ran nothing = table.policy("show", "--at", tomorrow);
      assertThat(nothing.exitCode()).isEqualTo(1);
      assertThat(nothing.err()).contains("Nothing is in force: table ").doesNotContain("was in");

      table.deploy(SHIPPED, "x");
      String now = table.policy("show", "--json").json().path("digest").asText();
      Ran text = table.policy("show", "--at", tomorrow);
      assertThat(text.exitCode()).isZero();
      assertThat(text.out()).contains(now);
      assertThat(text.err())
          .contains(
              tomorrow
                  + " is in the future. This is the set in force now, activation 1; another may be put in force"
                  + " before then.");
      Ran json = table.policy("show", "--at", tomorrow, "--json");
      assertThat(json.exitCode()).isZero();
      assertThat(json.json().path("digest").asText()).isEqualTo(now);
      assertThat(json.json().path("note").asText()).contains(tomorrow + " is in the future.");

      String since = table.policy("show", "--json").json().path("since").asText();
      Ran past = table.policy("show", "--at", since, "--json");
      assertThat(past.err()).isEmpty();
      assertThat(past.json().has("note")).isFalse();
    }
  }
}
