package updategateway.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static updategateway.cli.policy.Ran.SHIPPED;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.testing.Fault;
import updategateway.store.testing.FaultProxy;

/** {@code deploy} and {@code rollback} when the answer to the transaction is lost on the way. */
final class LostAnswerTest {
  private static final Pattern REQUEST = Pattern.compile("scripts-policy-[0-9a-f-]+");

  @TempDir private Path folder = Path.of("");

  @Test
  void whatNobodyCanTellHasAnExitCodeOfItsOwnAndNamesTheRequest() throws Exception {
    try (TableByHand table = new TableByHand();
        FaultProxy proxy = FaultProxy.before(StoreSettings.of("us-east-1", table.endpoint()))) {
      proxy.breakWith(new Fault.LostTransaction(true, true));
      Ran deployed = deploy(table, proxy, SHIPPED);
      assertThat(deployed.exitCode()).as(deployed.toString()).isEqualTo(3);
      assertThat(deployed.out()).doesNotContain("In force now");
      assertThat(deployed.err())
          .contains("Outcome unknown", "scripts/policy show")
          .doesNotContain("othing was changed");
      assertThat(lastRequest(table)).isEqualTo(request(deployed));

      Path changed = changed();
      table.deploy(changed, "another");
      proxy.breakWith(new Fault.LostTransaction(true, true));
      Ran back =
          table.through(proxy.endpoint(), "rollback", "--yes", "--reason", "the answer is lost");
      assertThat(back.exitCode()).as(back.toString()).isEqualTo(3);
      assertThat(lastRequest(table)).isEqualTo(request(back));

      proxy.breakWith(new Fault.LostTransaction(false, true));
      Ran lost = deploy(table, proxy, changed);
      assertThat(lost.exitCode()).as(lost.toString()).isEqualTo(3);
      assertThat(lastRequest(table)).isEqualTo(request(back));
    }
  }

  @Test
  void whatTheTableStillTellsIsSaid() throws Exception {
    try (TableByHand table = new TableByHand();
        FaultProxy proxy = FaultProxy.before(StoreSettings.of("us-east-1", table.endpoint()))) {
      proxy.breakWith(new Fault.LostTransaction(false, false));
      Ran lost = deploy(table, proxy, SHIPPED);
      assertThat(lost.exitCode()).as(lost.toString()).isEqualTo(2);
      assertThat(lost.err()).contains("Nothing was changed").doesNotContain("unknown");
      assertThat(table.policy("show").exitCode()).isEqualTo(1);

      proxy.breakWith(new Fault.LostTransaction(true, false));
      Ran deployed = deploy(table, proxy, SHIPPED);
      assertThat(deployed.exitCode()).as(deployed.toString()).isZero();
      assertThat(deployed.out()).contains("In force now", "activation 1");
      assertThat(table.policy("history", "--verify").exitCode()).isZero();
    }
  }

  private Path changed() {
    return PlanCommandTest.edited(
        folder, "us-icts-2021-002.yaml", "2024-09-29 00:00", "2034-10-01 00:00");
  }

  private static Ran deploy(TableByHand table, FaultProxy proxy, Path policies) {
    return table.through(
        proxy.endpoint(),
        "deploy",
        "--yes",
        "--policies",
        policies.toString(),
        "--reason",
        "the answer is lost");
  }

  private static String request(Ran ran) {
    Matcher matcher = REQUEST.matcher(ran.err());
    assertThat(matcher.find()).as(ran.err()).isTrue();
    return matcher.group();
  }

  private static String lastRequest(TableByHand table) {
    JsonNode entries = table.policy("history", "--json").json().path("entries");
    String id = entries.get(entries.size() - 1).path("requestId").asText();
    assertThat(table.policy("history").out()).contains("request " + id);
    return id;
  }
}
