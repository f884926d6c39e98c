package updategateway.local.run;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;
import updategateway.commandline.UsageException;

/** AWS's DynamoDB Local in this process, behind a socket, so that the real client talks to it. */
public final class LocalDynamoDb implements AutoCloseable {
  /** Kept, since a logger that is collected forgets its level. */
  private static final Logger ITS_MAPS = Logger.getLogger("javolution.util");

  private final DynamoDBProxyServer server;
  private final URI endpoint;

  private LocalDynamoDb(DynamoDBProxyServer server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  /**
   * Starts it on a free port.
   *
   * @param data where it keeps its data; null for in memory only
   * @throws UsageException when it cannot start
   */
  public static LocalDynamoDb start(@Nullable Path data) throws UsageException {
    try {
      int port = freePort();
      // Telemetry would also leave a file in whatever folder a tester stands in.
      List<String> arguments =
          new ArrayList<>(
              List.of("-sharedDb", "-disableTelemetry", "-port", Integer.toString(port)));
      if (data == null) {
        arguments.add("-inMemory");
      } else {
        Files.createDirectories(data);
        arguments.addAll(List.of("-dbPath", data.toString()));
      }
      DynamoDBProxyServer server = startQuietly(arguments.toArray(String[]::new));
      return new LocalDynamoDb(server, URI.create("http://127.0.0.1:" + port));
    } catch (Exception e) {
      throw new UsageException(
          "DynamoDB Local cannot start"
              + (data == null ? "" : " with its data in " + data)
              + ": "
              + e.getMessage());
    }
  }

  /** Starts it without its banner, and without its warning that a map of its own is slow. */
  private static DynamoDBProxyServer startQuietly(String[] arguments) throws Exception {
    ITS_MAPS.setLevel(Level.OFF);
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      DynamoDBProxyServer server = ServerRunner.createServerFromCommandLineArgs(arguments);
      server.start();
      return server;
    } finally {
      System.setOut(out);
    }
  }

  /** Where it listens. */
  public URI endpoint() {
    return endpoint;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
