package updategateway.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static updategateway.cli.policy.Ran.SHIPPED;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether {@code deploy} and {@code rollback} ask, as processes with and without a terminal. */
final class AskingTest {
  /** Runs a command on a new terminal, types an answer to the question, ends with its code. */
  private static final String PTY =
      """
      import os, pty, sys
      answer, command = sys.argv[1], sys.argv[2:]
      child, terminal = pty.fork()
      if child == 0:
          os.execvp(command[0], command)
      seen = b""
      while True:
          try:
              part = os.read(terminal, 4096)
          except OSError:
              break
          if not part:
              break
          seen += part
          sys.stdout.buffer.write(part)
          if b"Type yes: " in seen:
              seen = b""
              os.write(terminal, answer.encode() + b"\\n")
      sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
      """;

  /** Runs a command in a session without a terminal. */
  private static final String NO_TERMINAL =
      "import os, sys; os.setsid(); os.execvp(sys.argv[1], sys.argv[1:])";

  @TempDir private Path folder = Path.of("");

  @Test
  void theTerminalIsAskedThoughTheOutputGoesElsewhere() throws Exception {
    try (TableByHand table = new TableByHand()) {
      String piped = "\"$@\" | cat >" + folder.resolve("log") + "; exit ${PIPESTATUS[0]}";
      Ran no = onTerminal("no", piped, deploy(table));
      assertThat(no.exitCode()).as(no.toString()).isEqualTo(2);
      assertThat(no.out()).contains("Put this in force? Type yes: ", "Nothing was changed");
      assertThat(Files.readString(folder.resolve("log"))).contains("Set in force");
      assertThat(table.policy("show").exitCode()).isEqualTo(1);

      Ran yes = onTerminal("yes", piped, deploy(table));
      assertThat(yes.exitCode()).as(yes.toString()).isZero();
      assertThat(Files.readString(folder.resolve("log"))).contains("In force now: ");

      String allElsewhere = "\"$@\" --json </dev/null >/dev/null 2>&1";
      Path changed =
          PlanCommandTest.edited(
              Files.createDirectory(folder.resolve("changed")),
              "us-icts-2021-002.yaml",
              "2024-09-29 00:00",
              "2034-10-01 00:00");
      table.deploy(changed, "another");
      assertThat(onTerminal("", allElsewhere, rollback(table)).exitCode()).isEqualTo(2);
      assertThat(table.policy("show").out()).contains("2034-10-01");
      assertThat(onTerminal("yes", allElsewhere, rollback(table)).exitCode()).isZero();
      assertThat(table.policy("show").out()).doesNotContain("2034-10-01");
    }
  }

  @Test
  void withoutATerminalNothingIsChangedUnlessItIsAgreedTo() throws Exception {
    try (TableByHand table = new TableByHand()) {
      Ran asked = run(withoutTerminal(deploy(table)));
      assertThat(asked.exitCode()).as(asked.toString()).isEqualTo(2);
      assertThat(asked.out())
          .contains("There is no terminal to ask on. Nothing was changed: with --yes");
      assertThat(table.policy("show").exitCode()).isEqualTo(1);
      List<String> agreed = deploy(table);
      agreed.add("--yes");
      assertThat(run(withoutTerminal(agreed)).exitCode()).isZero();
      assertThat(table.policy("show").exitCode()).isZero();
    }
  }

  private static List<String> deploy(TableByHand table) {
    return command(table, "deploy", "--policies", SHIPPED.toString(), "--reason", "x");
  }

  private static List<String> rollback(TableByHand table) {
    return command(table, "rollback", "--reason", "x");
  }

  private static List<String> command(TableByHand table, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PolicyCommand.class.getName()));
    command.addAll(List.of(arguments));
    command.addAll(table.options(table.endpoint()));
    return command;
  }

  private Ran onTerminal(String answer, String shell, List<String> command)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("python3", "-c", PTY, answer, "bash", "-c", shell));
    all.add("bash");
    all.addAll(command);
    return run(all);
  }

  private static List<String> withoutTerminal(List<String> command) {
    List<String> all = new ArrayList<>(List.of("python3", "-c", NO_TERMINAL));
    all.addAll(command);
    return all;
  }

  private Ran run(List<String> command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ran(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8), "");
  }
}
