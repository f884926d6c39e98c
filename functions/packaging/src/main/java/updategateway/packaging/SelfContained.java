package updategateway.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import updategateway.commandline.UsageException;
import updategateway.packaging.lambda.FunctionProcess;
import updategateway.packaging.lambda.RuntimeApi;

/**
 * A function with a Java runtime of its own, for {@code provided.al2023}.
 *
 * <p>The AOT cache (JEP 483, 514) keeps classes loaded and linked, from a training run with real
 * requests. It is bound to the JDK and to the class path: that is why the runtime comes along, and
 * why all files have one fixed time.
 */
public final class SelfContained {
  /** The AOT cache, the only entry that is not the same each time. */
  public static final String CACHE = "app.aot";

  /** AWS's runtime interface client, which also is a program. */
  public static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  private static final String OPTIONS = "java.options";
  private static final String JAR = "lib/function.jar";

  /** Where AWS's client looks for its native part, before it unpacks its jar's into /tmp. */
  private static final String NATIVE_PART =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private static final String NATIVE = "lib/libaws-lambda-jni.so";

  /** The second answers what the first left in caches. */
  private static final int ROUNDS = 2;

  private final String main;
  private final String handler;
  private final Path content;
  private final PrintStream progress;

  private SelfContained(String main, String handler, Path content, PrintStream progress) {
    this.main = main;
    this.handler = handler;
    this.content = content;
    this.progress = progress;
  }

  /**
   * Lays everything out but the cache.
   *
   * @param main the program: AWS's client, or what hands over to it
   * @param handler what Lambda calls
   * @param own the function's own jars, that with the handler first; they become one
   * @param libraries all that it needs, AWS's client included; they become a part of the runtime
   */
  public static SelfContained lay(
      String main,
      String handler,
      List<Path> own,
      List<Path> libraries,
      Path content,
      PrintStream progress)
      throws Exception {
    SelfContained made = new SelfContained(main, handler, content, progress);
    Path work = Files.createTempDirectory("libraries");
    try {
      Files.createDirectory(content.resolve("lib"));
      MergedJar.write(own, content.resolve(JAR));
      Path merged = work.resolve("merged.jar");
      MergedJar.write(libraries, merged);
      LibraryModule.requireApart(content.resolve(JAR), merged);
      unpackNative(Stream.concat(own.stream(), libraries.stream()).toList(), content);
      progress.println("Linking a Java runtime …");
      LinkedRuntime.write(
          merged,
          LinkedRuntime.modules(own, libraries),
          work.resolve("module.jar"),
          content.resolve("jre"));
    } finally {
      Directories.delete(work);
    }
    Files.writeString(content.resolve(OPTIONS), made.options());
    Path bootstrap = content.resolve("bootstrap");
    Files.writeString(bootstrap, made.bootstrap());
    Files.setPosixFilePermissions(bootstrap, PosixFilePermissions.fromString("rwxr-xr-x"));
    Zip.setTimes(content);
    return made;
  }

  /** Otherwise each start would unzip it, and write a megabyte. */
  private static void unpackNative(List<Path> jars, Path content)
      throws IOException, UsageException {
    String name =
        "jni/libaws-lambda-jni.linux-"
            + (Architecture.local() == Architecture.ARM64 ? "aarch_64" : "x86_64")
            + ".so";
    for (Path path : jars) {
      try (ZipFile jar = new ZipFile(path.toFile())) {
        ZipEntry entry = jar.getEntry(name);
        if (entry != null) {
          try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, content.resolve(NATIVE));
          }
          return;
        }
      }
    }
    throw new UsageException(
        "AWS's runtime interface client has no "
            + name
            + " any more: see what it loads now, and correct this.");
  }

  /**
   * For the launcher: the class path must be the same in training and ever after. A request leaves
   * ten kilobytes behind, so that a small young generation is memory saved and no time lost. The
   * cache is mapped where it was made for, as the JDK did by default until 17: elsewhere each start
   * corrects every address in its twenty megabytes, and so copies all of them. There are no
   * profiles in it, for which Java would still have a thread look. And the first compiler begins
   * with a method after 1,000 calls, not 200, and the second with a loop after 200,000 rounds, not
   * 40,000: of what a start runs, little runs so often, and that for ever.
   */
  private String options() {
    return """
    -XX:+UseSerialGC
    -Xmn12m
    -XX:-UsePerfData
    -XX:+UnlockDiagnosticVMOptions
    -XX:ArchiveRelocationMode=0
    -XX:-AOTReplayTraining
    -XX:Tier3InvocationThreshold=1000
    -XX:Tier3MinInvocationThreshold=500
    -XX:Tier3CompileThreshold=5000
    -XX:Tier4BackEdgeThreshold=200000
    -XX:+ExitOnOutOfMemoryError
    -Xss512k
    --enable-native-access=ALL-UNNAMED,%s
    --sun-misc-unsafe-memory-access=allow
    -cp
    %s
    """
        .formatted(LibraryModule.NAME, JAR);
  }

  private String bootstrap() {
    return """
    #!/bin/sh
    # Starts the function on the Java runtime beside it. JAVA_TOOL_OPTIONS adds options.
    cd "${LAMBDA_TASK_ROOT:-$(dirname "$0")}" || exit 1
    # What is not heap (classes, code, threads, the cache) wants its part of a small function's memory.
    heap=$((${AWS_LAMBDA_FUNCTION_MEMORY_SIZE:-512} * 2 / 5))
    exec jre/bin/java "-Xmx${heap}m" "-D%s=$PWD/%s" -XX:AOTCache=%s @%s %s "${_HANDLER:-%s}"
    """
        .formatted(NATIVE_PART, NATIVE, CACHE, OPTIONS, main, handler);
  }

  /**
   * Answers the events, twice, and keeps what was loaded for it.
   *
   * @throws UsageException when an event gets another answer than it expects
   */
  public void train(Map<String, String> environment, List<String> events) throws Exception {
    progress.println("Training the AOT cache with " + events.size() + " events …");
    Path output = Files.createTempFile("training", ".log");
    List<String> command =
        List.of(
            "jre/bin/java",
            "-XX:AOTCacheOutput=" + CACHE,
            "-D" + NATIVE_PART + "=" + content.resolve(NATIVE).toAbsolutePath(),
            // Without the profiles of JEP 515: with them the compiler begins at once with all that
            // was ever hot, and takes more processor time up to the first answer than all else.
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-AOTRecordTraining",
            "@" + OPTIONS,
            main,
            handler);
    try (RuntimeApi api = RuntimeApi.start();
        FunctionProcess process =
            FunctionProcess.start(command, content, environment, api, output)) {
      for (int round = 0; round < ROUNDS; round++) {
        for (String event : events) {
          RuntimeApi.Answer answer = api.invoke(event);
          // On a slow machine an account may be read too late for its first question.
          expectAnswer(
              event,
              ResponseExpectation.fault(event, answer).isPresent() ? api.invoke(event) : answer,
              process);
        }
      }
      process.stop();
    }
    if (!Files.exists(content.resolve(CACHE))) {
      throw new UsageException("The JDK wrote no AOT cache. It said:\n" + Files.readString(output));
    }
    Files.delete(output);
    Zip.setTimes(content);
  }

  /**
   * Starts what was unzipped, with a cache that must be used, and asks for one answer: as Lambda
   * does, and where it takes the SDK's client to reach DynamoDB, which training does not get to.
   *
   * @throws UsageException when the cache is not used, or the function does not answer
   */
  static void check(Path unzipped, Map<String, String> environment, String event) throws Exception {
    Map<String, String> strict = new HashMap<>(environment);
    strict.put("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on");
    check(unzipped, strict, event, "with its AOT cache");
    strict.put("AWS_USE_DUALSTACK_ENDPOINT", "false");
    check(unzipped, strict, event, "with the SDK's client of DynamoDB");
  }

  private static void check(
      Path unzipped, Map<String, String> environment, String event, String how) throws Exception {
    Path output = Files.createTempFile("check", ".log");
    try (RuntimeApi api = RuntimeApi.start();
        FunctionProcess process = start(unzipped, environment, api, output)) {
      expectAnswer(event, api.invoke(event), process);
    } catch (IOException e) {
      throw new UsageException(
          "The package does not start "
              + how
              + ": "
              + e.getMessage()
              + "\n"
              + Files.readString(output));
    }
    Files.delete(output);
  }

  /** Starts what was unzipped, as Lambda does. */
  public static FunctionProcess start(
      Path unzipped, Map<String, String> environment, RuntimeApi api, Path output)
      throws IOException {
    return FunctionProcess.start(
        List.of(unzipped.resolve("bootstrap").toString()), unzipped, environment, api, output);
  }

  private static void expectAnswer(String event, RuntimeApi.Answer answer, FunctionProcess process)
      throws UsageException, IOException {
    Optional<String> fault = ResponseExpectation.fault(event, answer);
    if (fault.isPresent()) {
      throw new UsageException(
          "The function does not answer as it must: "
              + fault.get()
              + ". It was asked\n"
              + event.strip()
              + "\nanswered\n"
              + answer.body()
              + "\nand printed\n"
              + process.output());
    }
  }
}
