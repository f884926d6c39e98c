package updategateway.system.scripts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A project with the real scripts. A stand-in for Maven builds a jar and a class path that names a
 * library; a stand-in for Java prints its arguments.
 */
final class Checkout {
  private static final Path SCRIPTS = Path.of("..", "..", "scripts").toAbsolutePath().normalize();

  private final Path tools;
  private Path folder;

  /**
   * @param tools where the stand-ins and the library are
   */
  Checkout(Path tools, Path folder) throws IOException {
    this.tools = tools;
    this.folder = folder;
    copy(SCRIPTS, Files.createDirectories(folder).resolve("scripts"));
    for (String file :
        List.of(
            "pom.xml",
            "functions/local/pom.xml",
            "functions/local/src/main/A.java",
            "functions/policy/src/main/B.java")) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.createFile(folder.resolve(file));
    }
    Files.createDirectories(tools.resolve("jdk/bin"));
    Files.writeString(tools.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    Files.writeString(library(), "");
    executable(tools.resolve("jdk/bin/javac"), "");
    executable(tools.resolve("jdk/bin/java"), "echo \"java $*\"");
    maven(
        """
        echo '[INFO] Reactor Build Order:'
        echo '[INFO] policy: what the law says    [jar]'
        echo '[INFO] local: the whole system      [jar]'
        echo '[INFO] Building local: the whole system 1.0.0-SNAPSHOT    [2/2]'
        [ -z "$MAVEN_TAKES" ] || sleep "$MAVEN_TAKES"
        for module in local operator-cli packaging; do
          target=$PWD/functions/$module/target
          echo "$target/policy.jar:%s" >"$target/classpath"
          touch "$target/policy.jar" "$target/$module-1-SNAPSHOT.jar"
        done
        """
            .formatted(library()));
  }

  /** Replaces what Maven does. It is counted before. */
  void maven(String script) throws IOException {
    executable(tools.resolve("mvn"), "echo built >>'" + tools.resolve("builds") + "'\n" + script);
  }

  Path folder() {
    return folder;
  }

  Path library() {
    return tools.resolve("library.jar");
  }

  /** Returns how often Maven was called. */
  int builds() throws IOException {
    Path builds = tools.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  /** Moves the project, with what was built in it. */
  void moveTo(Path other) throws IOException {
    Files.move(folder, other);
    folder = other;
  }

  /** Goes on with a copy of the project, with what was built in it. */
  void copyTo(Path other) throws IOException {
    copy(folder, other);
    folder = other;
  }

  Ran run(String script, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(folder.resolve("scripts").resolve(script).toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  Ran run(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(tools, "run", ".out");
    Path err = Files.createTempFile(tools, "run", ".err");
    Process process =
        builder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException(command + " does not end");
    }
    return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", tools.resolve("jdk").toString());
    builder.environment().merge("PATH", tools.toString(), (path, first) -> first + ":" + path);
    return builder;
  }

  record Ran(int exitCode, String out, String err) {}

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n", StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(file -> {
        try {
          Files.copy(
              file,
              to.resolve(from.relativize(file).toString()),
              java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    }
  }
}
