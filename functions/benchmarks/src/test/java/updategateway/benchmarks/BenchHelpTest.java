package updategateway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import updategateway.benchmarks.cold.ColdCommand;
import updategateway.benchmarks.decision.DecisionCommand;
import updategateway.benchmarks.memory.MemoryCommand;
import updategateway.benchmarks.peers.PeersCommand;
import updategateway.benchmarks.warm.HandlerCommand;
import updategateway.benchmarks.warm.WarmCommand;

/** Help comes from the script, at once: it has to know what the commands know. */
final class BenchHelpTest {
  private static final Path SCRIPT = Path.of("..", "..", "scripts", "bench").toAbsolutePath();

  @TempDir private Path folder = Path.of("");

  static Stream<Arguments> commands() {
    return Stream.of(
        Arguments.of("decision", new DecisionCommand()),
        Arguments.of("handler", new HandlerCommand()),
        Arguments.of("warm", new WarmCommand()),
        Arguments.of("cold", new ColdCommand()),
        Arguments.of("memory", new MemoryCommand()),
        Arguments.of("peers", new PeersCommand()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void namesEveryOptionWithItsDefaultAndBuildsNothing(String name, Object command)
      throws Exception {
    Path marker = folder.resolve("built");
    for (String tool : List.of("mvn", "java", "javac")) {
      Path stub = folder.resolve(tool);
      Files.writeString(stub, "#!/bin/sh\ntouch '" + marker + "'\nexit 9\n");
      Files.setPosixFilePermissions(stub, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    for (List<String> arguments :
        List.of(List.of(name, "--help"), List.of(name, "-h"), List.of(name, "--out", "x", "-h"))) {
      String help = help(arguments);
      for (CommandLine.Model.OptionSpec option :
          new CommandLine(command).getCommandSpec().options()) {
        if (!option.usageHelp() && !option.versionHelp() && !option.hidden()) {
          assertThat(help).contains("  " + option.longestName() + " ");
          if (option.defaultValue() != null) {
            assertThat(help)
                .containsPattern(option.longestName() + " .*default: " + option.defaultValue());
          }
        }
      }
      assertThat(marker).doesNotExist();
    }
  }

  private String help(List<String> arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("bash", SCRIPT.toString());
    builder.command().addAll(arguments);
    builder.redirectErrorStream(true);
    builder.environment().remove("JAVA_HOME");
    builder.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
