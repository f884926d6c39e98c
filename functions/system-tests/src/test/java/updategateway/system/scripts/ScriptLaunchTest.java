package updategateway.system.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How scripts are called, and when and how they build. */
final class ScriptLaunchTest {
  @TempDir private Path folder;
  private Checkout checkout;

  @BeforeEach
  void createCheckout() throws IOException {
    folder = folder.toRealPath();
    checkout = new Checkout(folder.resolve("tools"), folder.resolve("project"));
  }

  static Stream<String> scripts() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "..", "scripts"))) {
      return files
          .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void everyScriptSaysThatItNeedsBash(String script) throws Exception {
    assumeTrue(isOnPath("dash"), "there is no dash, which is a shell that is not bash");
    String path = checkout.folder().resolve("scripts").resolve(script).toString();
    Checkout.Ran ran = checkout.run(List.of("dash", path, "--help"));
    assertThat(ran.err()).isEqualTo(path + " needs bash: run " + path + " or bash " + path + "\n");
    assertThat(ran.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void everyScriptIsFoundThroughSymbolicLinks(String script) throws Exception {
    Path target = checkout.folder().resolve("scripts").resolve(script);
    Path direct = Files.createSymbolicLink(folder.resolve("direct"), target);
    Path relative = Files.createSymbolicLink(folder.resolve("relative"), Path.of("direct"));
    Path parent = Files.createSymbolicLink(folder.resolve("parent"), checkout.folder());
    String help = checkout.run(script, "--help").out();
    assertThat(help).isNotEmpty();
    for (Path link : List.of(direct, relative, parent.resolve("scripts").resolve(script))) {
      assertThat(checkout.run(List.of(link.toString(), "--help")))
          .isEqualTo(new Checkout.Ran(0, help, ""));
      assertThat(checkout.run(List.of("bash", link.toString(), "--help")))
          .isEqualTo(new Checkout.Ran(0, help, ""));
    }
  }

  @Test
  void aBuildIsSaidInOneLineAndIsDoneOnce() throws Exception {
    Checkout.Ran first = checkout.run("replay", "a.json");
    assertThat(first.err())
        .isEqualTo(
            "Building for the first time, which fetches libraries and takes some minutes …\n");
    assertRunsIn(checkout.folder(), first);
    assertThat(checkout.run("replay", "a.json").err()).isEmpty();
    assertThat(checkout.builds()).isEqualTo(1);
    change("functions/local/src/main/A.java");
    assertThat(checkout.run("replay", "a.json").err()).isEqualTo("Building what has changed …\n");
    assertThat(checkout.builds()).isEqualTo(2);
  }

  @Test
  void whatIsChangedDuringABuildIsBuiltAgain() throws Exception {
    checkout.maven(
        """
        touch functions/local/target/local-1-SNAPSHOT.jar
        for module in local operator-cli packaging; do
          touch functions/$module/target/classpath
        done
        sleep 0.1; touch functions/local/src/main/A.java
        """);
    checkout.run("replay", "a.json");
    checkout.run("replay", "a.json");
    assertThat(checkout.builds()).isEqualTo(2);
  }

  @Test
  void aMovedCheckoutIsBuiltAnew() throws Exception {
    checkout.run("replay", "a.json");
    checkout.moveTo(folder.resolve("moved"));
    assertRunsIn(folder.resolve("moved"), checkout.run("replay", "a.json"));
    assertThat(checkout.builds()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"a.json", "--help"})
  void aCopiedCheckoutRunsItsOwnClasses(String argument) throws Exception {
    checkout.run("replay", "a.json");
    checkout.copyTo(folder.resolve("copy"));
    assertRunsIn(folder.resolve("copy"), checkout.run("replay", argument));
  }

  @Test
  void aBuildWhoseLibrariesAreGoneIsBuiltAnew() throws Exception {
    checkout.run("replay", "a.json");
    Files.delete(checkout.library());
    checkout.run("replay", "a.json");
    assertThat(checkout.builds()).isEqualTo(2);
  }

  @Test
  void aBuildWithOtherLibrariesIsBuiltAnew() throws Exception {
    checkout.run("replay", "a.json");
    Files.writeString(
        checkout.folder().resolve("functions/local/target/classpath"), "/elsewhere/policy.jar\n");
    assertRunsIn(checkout.folder(), checkout.run("replay", "a.json"));
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(
            "[ERROR] repo.example: Unknown host repo.example", "Libraries cannot be fetched: "),
        arguments("[ERROR] Could not transfer artifact a:b:pom:1", "Libraries cannot be fetched: "),
        arguments(
            "[ERROR] java.io.IOException: No space left on device",
            "The build failed, because a folder "),
        arguments("[ERROR] A.java:[1,1] illegal start", "The build failed. Maven says:"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aBuildThatFailsIsExplainedBeforeMavensWords(String words, String sentence) throws Exception {
    checkout.maven("echo '[INFO] Scanning for projects'; echo '" + words + "'; exit 1");
    Checkout.Ran ran = checkout.run("replay", "a.json");
    List<String> lines = ran.err().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).startsWith(sentence);
    assertThat(lines.get(2)).isEqualTo(words);
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void aFolderThatCannotBeWrittenToIsSaidBeforeMavenIsCalled() throws Exception {
    // Not even root can write there.
    Files.createSymbolicLink(
        checkout.folder().resolve("functions/local/target"), Path.of("/proc/none"));
    Checkout.Ran ran = checkout.run("replay", "a.json");
    assertThat(ran.err())
        .hasLineCount(1)
        .startsWith(
            "Building writes into " + checkout.folder() + "/functions/local/target, and that");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(checkout.builds()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143", "HUP,129"})
  void aBuildThatIsStoppedHasNotFailed(String signal, int exitCode) throws Exception {
    checkout.maven("echo $$ >'" + folder.resolve("pid") + "'; sleep 55 & wait");
    String script = checkout.folder().resolve("scripts/replay").toString();
    // A signal that is ignored when a shell starts stays ignored in it.
    Path err = folder.resolve("err");
    Process process =
        checkout
            .builder(
                List.of(
                    "perl",
                    "-e",
                    "$SIG{$_} = 'DEFAULT' for qw(INT HUP); exec @ARGV",
                    "bash",
                    script,
                    "a.json"))
            .redirectError(err.toFile())
            .start();
    while (!Files.exists(folder.resolve("pid")) || Files.size(folder.resolve("pid")) == 0) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(20);
    }
    long maven = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    ProcessHandle running = ProcessHandle.of(maven).orElseThrow();
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor()).isEqualTo(exitCode);
    running.onExit().get();
    assertThat(Files.readString(err)).doesNotContain("failed").hasLineCount(1);
  }

  @Test
  void aTerminalShowsHowFarTheBuildIs() throws Exception {
    assumeTrue(isOnPath("script"), "there is no script, which plays a terminal");
    Checkout.Ran ran =
        checkout.run(
            List.of(
                "env",
                "MAVEN_TAKES=2.5",
                "script",
                "-qefc",
                checkout.folder().resolve("scripts/replay") + " a.json",
                "/dev/null"));
    assertThat(ran.out())
        .containsPattern("Building for the first time: local \\[2/2], \\d+ s, about 1 min left")
        .contains("java ");
    assertThat(ran.exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"--port,PORT", "--port=PORT,--at=2024", "--edge,DE=PORT"})
  void aTakenPortIsSaidBeforeAnythingIsBuilt(String first, String second) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Checkout.Ran ran =
          checkout.run("run", first.replace("PORT", port), second.replace("PORT", port));
      assertThat(ran.err())
          .startsWith("Port " + port + " is taken")
          .contains("--port")
          .hasLineCount(1);
      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(checkout.builds()).isZero();
    }
  }

  private void change(String file) throws IOException {
    Path built = checkout.folder().resolve("functions/local/target/built");
    Files.setLastModifiedTime(
        checkout.folder().resolve(file),
        java.nio.file.attribute.FileTime.from(
            Files.getLastModifiedTime(built).toInstant().plusSeconds(1)));
    assertThat(Files.exists(built)).isTrue();
  }

  /** Every class path names this place and the library, and no other place. */
  private void assertRunsIn(Path place, Checkout.Ran ran) {
    String target = place + "/functions/local/target/";
    assertThat(ran.out())
        .contains(
            " -cp "
                + target
                + "local-1-SNAPSHOT.jar:"
                + target
                + "policy.jar:"
                + checkout.library()
                + " ");
    assertThat(ran.exitCode()).isZero();
  }

  private static boolean isOnPath(String tool) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }
}
