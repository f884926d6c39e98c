package updategateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.cli.policy.PolicyCommand;
import updategateway.commandline.CommandLineTool;
import updategateway.commandline.TerminalWidth;
import updategateway.commandline.TextWrap;

/** What every command does with mistyped arguments, and with a narrow terminal. */
final class CommandLineToolTest {
  @AfterEach
  void forgetTheWidth() {
    System.clearProperty(TerminalWidth.PROPERTY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pln                 | plan      | Try scripts/policy --help.
          histroy             | history   | Try scripts/policy --help.
          plan --agianst .    | --against | Try scripts/policy plan --help.
          deploy --reasn x    | --reason  | Try scripts/policy deploy --help.
          show --tabel x      | --table   | Try scripts/policy show --help.
          """)
  void aMistypedWordIsAnsweredWithTheOneThatIsMeant(String typed, String meant, String hint) {
    StringWriter err = new StringWriter();
    int exitCode = run(new StringWriter(), err, typed.split(" "));
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).contains(meant, hint);
  }

  @ParameterizedTest
  @CsvSource({"40, 60", "80, 80", "120, 120", "300, 120"})
  void helpFollowsTheWidthOfTheTerminal(int terminal, int widest) {
    System.setProperty(TerminalWidth.PROPERTY, Integer.toString(terminal));
    StringWriter out = new StringWriter();
    assertThat(run(out, new StringWriter(), "plan", "--help")).isZero();
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= widest);
    assertThat(out.toString().lines()).anyMatch(line -> line.length() > widest / 2);
  }

  @Test
  void paragraphsFollowTheWidthOfTheTerminal() {
    String text = "word ".repeat(50).strip();
    assertThat(TextWrap.of("", text).lines()).allMatch(line -> line.length() <= 110).hasSize(3);
    System.setProperty(TerminalWidth.PROPERTY, "80");
    assertThat(TextWrap.of("", text).lines()).allMatch(line -> line.length() <= 80).hasSize(4);
  }

  private static int run(StringWriter out, StringWriter err, String... arguments) {
    return CommandLineTool.run(
        new PolicyCommand(), new PrintWriter(out), new PrintWriter(err), false, arguments);
  }
}
