package updategateway.system.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code scripts/run} as a process of its own, of which is known what it takes. */
final class SoakedProcess implements AutoCloseable {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
  private static final Path JAVA = Path.of(ProcessHandle.current().info().command().orElseThrow());

  private final Process process;
  private final int port;

  /**
   * What it takes now.
   *
   * @param resident bytes of memory
   * @param live bytes of the heap that are still reachable; 0 where nobody collected garbage
   */
  record Usage(long resident, long live, int descriptors, int threads) {}

  /**
   * Starts it and waits until it answers.
   *
   * @param refreshSeconds how often it refreshes
   */
  SoakedProcess(URI dynamoDb, int refreshSeconds) throws IOException, InterruptedException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                JAVA.toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-Dupdategateway.project=../..",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "updategateway.local.run.RunCommand",
                "--port",
                Integer.toString(port),
                "--dynamodb",
                dynamoDb.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("POLICY_REFRESH_SECONDS", Integer.toString(refreshSeconds));
    process = builder.start();
    for (int i = 0; i < 1_200 && process.isAlive(); i++) {
      try (Connection connection = new Connection(port)) {
        return;
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    throw new IOException("the gateway does not start");
  }

  int port() {
    return port;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Usage usage() throws IOException {
    return usage(0);
  }

  /** After all garbage was collected. */
  Usage usageWithoutGarbage() throws IOException, InterruptedException {
    Process histogram =
        new ProcessBuilder(
                JAVA.resolveSibling("jcmd").toString(),
                Long.toString(process.pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    histogram.waitFor();
    Matcher total = TOTAL.matcher(text);
    if (!total.find()) {
      throw new IOException("jcmd says no total:\n" + text);
    }
    return usage(Long.parseLong(total.group(1)));
  }

  private Usage usage(long live) throws IOException {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    List<String> status = Files.readAllLines(proc.resolve("status"));
    try (Stream<Path> descriptors = Files.list(proc.resolve("fd"))) {
      return new Usage(
          1_024 * number(status, "VmRSS:"),
          live,
          (int) descriptors.count(),
          (int) number(status, "Threads:"));
    }
  }

  private static long number(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
