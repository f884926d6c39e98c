package updategateway.local.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code scripts/run} as a process of its own, on free ports, spoken to over sockets. */
final class Gateway implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)");

  private final Process process;
  private final List<String> output = new ArrayList<>();
  private final CountDownLatch started = new CountDownLatch(1);
  private final Thread reader;

  Gateway(String... arguments) throws IOException {
    this(Map.of(), arguments);
  }

  /**
   * @param environment settings beside those that this process has
   */
  Gateway(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Dupdategateway.project=../..",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            RunCommand.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    process = builder.start();
    reader = Thread.ofPlatform().daemon().start(this::read);
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (output) {
          output.add(line);
        }
        if (line.contains("Ctrl-C stops it")) {
          started.countDown();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      started.countDown();
    }
  }

  /** Waits until it listens. */
  Gateway awaitStart() throws InterruptedException {
    if (!started.await(2, TimeUnit.MINUTES) || !process.isAlive()) {
      throw new IllegalStateException("it did not start:\n" + output());
    }
    return this;
  }

  /** Waits until it ends by itself; the exit code. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException("it did not end:\n" + output());
    }
    reader.join();
    return process.exitValue();
  }

  long pid() {
    return process.pid();
  }

  /** Sends a signal, such as STOP or CONT. */
  void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (code != 0) {
      throw new IllegalStateException("kill -" + name + " failed");
    }
  }

  /** As Ctrl-C and `kill` do. */
  int stop() throws InterruptedException {
    process.destroy();
    return awaitEnd();
  }

  String output() {
    synchronized (output) {
      return String.join("\n", output);
    }
  }

  /**
   * The decision lines with this id, as soon as there is one; none after a while. A line follows
   * its answer, and the pipe that it comes by takes its time.
   */
  List<String> decisions(String id) throws InterruptedException {
    List<String> lines = List.of();
    for (int i = 0; i < 1_000 && lines.isEmpty(); i++) {
      lines =
          output()
              .lines()
              .filter(line -> line.startsWith("{\"outcome\"") && line.contains(id))
              .toList();
      if (lines.isEmpty()) {
        Thread.sleep(20);
      }
    }
    return lines;
  }

  /** The n-th address that it says it listens on. */
  int port(int n) {
    Matcher matcher =
        ADDRESS.matcher(
            output()
                .lines()
                .filter(line -> line.contains("listens on") || line.contains("and on"))
                .skip(n)
                .findFirst()
                .orElseThrow());
    if (!matcher.find()) {
      throw new IllegalStateException("no address:\n" + output());
    }
    return Integer.parseInt(matcher.group(1));
  }

  /** Sends exactly these lines as a request and returns all that comes back. */
  String send(int port, String... lines) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      String request = String.join("\r\n", lines) + "\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
