package updategateway.packaging;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import updategateway.commandline.UsageException;

/** A Java runtime, linked by jlink, of the needed JDK modules and the function's libraries. */
final class LinkedRuntime {
  private LinkedRuntime() {}

  /** Returns the names of the JDK's modules that the jars need. */
  static Set<String> modules(List<Path> own, List<Path> libraries) throws Exception {
    String modules =
        run(
            "jdeps",
            "--multi-release",
            "25",
            "--ignore-missing-deps",
            "--print-module-deps",
            "--class-path",
            Stream.concat(own.stream(), libraries.stream())
                .filter(jar -> !isWiderThanUsed(jar))
                .map(Path::toString)
                .collect(Collectors.joining(":")),
            own.getFirst().toString());
    Set<String> all = new TreeSet<>(List.of(modules.strip().split(",", -1)));
    // Named by no class: what TLS and the SDK find by themselves.
    all.addAll(List.of("jdk.crypto.ec", "jdk.unsupported"));
    return all;
  }

  /**
   * Links a runtime.
   *
   * @param merged the libraries in one jar
   * @param modules the JDK's modules that it contains
   * @param module where the libraries are written as a module
   * @param runtime the folder of the runtime
   */
  static void write(Path merged, Set<String> modules, Path module, Path runtime) throws Exception {
    LibraryModule.write(merged, modules, module);
    run(
        "jlink",
        "--module-path",
        module.toString(),
        "--add-modules",
        String.join(",", modules) + "," + LibraryModule.NAME,
        "--output",
        runtime.toString(),
        "--no-header-files",
        "--no-man-pages",
        "--vm",
        "server");
    LibraryModule.unpackNotices(merged, runtime.resolve("legal"));
    withoutComments(runtime.resolve("conf/security/java.security"));
  }

  /**
   * Each start reads the JDK's security properties, 70 KB of which are comments, character by
   * character.
   *
   * @throws UsageException when the properties would not stay as they are: what looks like a
   *     comment may be the continuation of a line
   */
  static void withoutComments(Path file) throws IOException, UsageException {
    Properties before = properties(file);
    List<String> lines =
        Files.readAllLines(file).stream()
            .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
            .toList();
    Files.write(file, lines);
    if (!properties(file).equals(before)) {
      throw new UsageException(
          file + " says something else without its comments: see what this JDK writes there.");
    }
  }

  private static Properties properties(Path file) throws IOException {
    Properties properties = new Properties();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }

  /**
   * AWS's client contains the libraries of other programming models, for which jdeps would link a
   * desktop: a dozen megabytes of zip. Gson has adapters for java.sql, which are never loaded: only
   * its streaming reader is used.
   */
  private static boolean isWiderThanUsed(Path jar) {
    String name = String.valueOf(jar.getFileName());
    return name.startsWith("aws-lambda-java-runtime-interface-client") || name.startsWith("gson-");
  }

  private static String run(String tool, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // It would be announced among what the tool says.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new UsageException(tool + " failed:\n" + said);
    }
    return said;
  }
}
