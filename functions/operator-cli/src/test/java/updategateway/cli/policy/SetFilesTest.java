package updategateway.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import updategateway.commandline.UsageException;
import updategateway.commandline.files.PolicyFolder;
import updategateway.policy.model.Policy;
import updategateway.policy.set.PolicySet;
import updategateway.policy.testing.RandomPolicySets;

/** A policy set written as files makes the same set again. */
final class SetFilesTest {
  @TempDir private Path folder;

  @Test
  void theFilesOfAnySetMakeTheSameSet() throws Exception {
    RandomPolicySets random = new RandomPolicySets(new Random(20240929));
    for (int i = 0; i < 300; i++) {
      PolicySet set = i % 2 == 0 ? random.policySet() : random.correctedPolicySet();
      assertThat(new SetFiles(set).write(folder.resolve("set-" + i)))
          .as(set.toString())
          .isEqualTo(set.digest());
    }
  }

  @Test
  void theShippedFilesDoAndValidateTakesThem() throws Exception {
    PolicySet set = new PolicyFolder(Ran.SHIPPED).read();
    Path out = folder.resolve("out");
    assertThat(new SetFiles(set).write(out)).isEqualTo(set.digest());
    Ran validated = Ran.policy("validate", "--strict", out.toString());
    assertThat(validated.exitCode()).as(validated.toString()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NO",
        "yes",
        "y",
        "null",
        "~",
        "1.0",
        "0x1F",
        "1:30",
        "2024-07-20",
        "2024-07-20T00:00:00Z",
        "- a",
        "a: b",
        "a:",
        "a #b",
        "#a",
        "'a'",
        "\"a\"",
        "a \\ b",
        "[a]",
        "{a}",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a`",
        "a, b",
        "? a",
        "| a",
        "\u00fc\u4e2d\ud83d\ude00",
        "a\u00a0b",
        "a\u200bb",
      })
  void aTextReadsAsItself(String text) throws Exception {
    PolicySet random = new RandomPolicySets(new Random(7)).policySet(1);
    Policy policy = random.policies().getFirst();
    Policy titled =
        new Policy(
            policy.id(),
            text,
            text,
            text,
            policy.reference(),
            policy.basis(),
            policy.scope(),
            policy.products(),
            policy.exemptions(),
            policy.phases(),
            policy.permits(),
            policy.undetermined(),
            text);
    PolicySet set = PolicySet.of(random.catalog(), List.of(titled));
    Path out = folder.resolve("out");
    assertThat(new SetFiles(set).write(out)).isEqualTo(set.digest());
    assertThat(Ran.policy("validate", out.toString()).exitCode()).isZero();
  }

  @Test
  void aFolderWithFilesIsLeftAsItIs() throws Exception {
    PolicySet set = new PolicyFolder(Ran.SHIPPED).read();
    Path there = Files.writeString(folder.resolve(".hidden"), "mine");
    assertThatThrownBy(() -> new SetFiles(set).write(folder))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is not empty: name a new folder");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(there);
    }
  }
}
