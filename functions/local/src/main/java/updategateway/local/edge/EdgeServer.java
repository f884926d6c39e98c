package updategateway.local.edge;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import updategateway.commandline.UsageException;

/**
 * The edge and Lambda in one: takes HTTP, says where the viewer is as CloudFront would, and calls
 * the function with the same bytes in and bytes out. Listens on the loopback address only.
 */
public final class EdgeServer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ADDRESS = "127.0.0.1";

  private final Server server = new Server();
  private final RequestStreamHandler function;
  private final InstantSource clock;

  /**
   * A port and what the edge reports of whoever comes to it, unless a request says otherwise.
   *
   * @param port 0 for any free one
   * @param viewer the viewer
   */
  public record Port(int port, Viewer viewer) {}

  public EdgeServer(RequestStreamHandler function, InstantSource clock) {
    this.function = function;
    this.clock = clock;
  }

  /**
   * Begins to listen.
   *
   * @throws UsageException when a port is taken
   */
  public void start(List<Port> ports) throws Exception {
    HttpConfiguration http = new HttpConfiguration();
    // Whatever a client writes as a path is for the function to judge.
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(32 << 10);
    http.setResponseHeaderSize(64 << 10);
    for (Port port : ports) {
      ServerConnector connector = new ServerConnector(server, new RfcReasonPhrases(http));
      connector.setHost(ADDRESS);
      connector.setPort(port.port());
      connector.setAcceptQueueSize(1_024);
      try {
        connector.open();
      } catch (IOException e) {
        throw taken(port);
      }
      server.addConnector(connector);
    }
    server.setHandler(new Front(ports));
    server.setErrorHandler(EdgeServer::error);
    server.start();
  }

  /**
   * Throws if a port is taken, or named twice. Starting everything else takes seconds.
   *
   * @throws UsageException when a port is taken
   */
  public static void requireFree(List<Port> ports) throws UsageException {
    List<ServerSocket> opened = new ArrayList<>();
    try {
      for (Port port : ports) {
        try {
          opened.add(new ServerSocket(port.port(), 1, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
          throw taken(port);
        }
      }
    } finally {
      opened.forEach(EdgeServer::close);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UsageException taken(Port port) {
    return new UsageException(
        "Port "
            + port.port()
            + " is taken: stop what listens there, or name another one with --port (0 is any free"
            + " one) or --edge CC=PORT.");
  }

  /** The port that was opened as the n-th. */
  public int port(int n) {
    return ((ServerConnector) server.getConnectors()[n]).getLocalPort();
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }

  /** What is no HTTP that could be handed on. */
  private static boolean error(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    byte[] text =
        ("status: " + status + "\ndetail: The request could not be read.\n")
            .getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=us-ascii");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(true, ByteBuffer.wrap(text), callback);
    return true;
  }

  private final class Front extends Handler.Abstract {
    private final List<Port> ports;

    Front(List<Port> ports) {
      this.ports = List.copyOf(ports);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      int connector =
          List.of(server.getConnectors()).indexOf(request.getConnectionMetaData().getConnector());
      String target = request.getHttpURI().getPathQuery();
      int question = target.indexOf('?');
      String id = UUID.randomUUID().toString();
      Viewer viewer;
      try {
        viewer = LocalHeaders.viewer(request.getHeaders(), ports.get(connector).viewer());
      } catch (UsageException e) {
        response.setStatus(400);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.write(true, StandardCharsets.UTF_8.encode(e.getMessage() + "\n"), callback);
        return true;
      }
      byte[] event =
          EventBuilder.build(
              request.getMethod(),
              question < 0 ? target : target.substring(0, question),
              question < 0 ? null : target.substring(question + 1),
              request.getHeaders(),
              viewer,
              Request.getRemoteAddr(request),
              id,
              viewer.time() == null ? clock.instant() : viewer.time());
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      function.handleRequest(new ByteArrayInputStream(event), answer, new Invocation(id));
      JsonNode json = JSON.readTree(answer.toByteArray());
      response.setStatus(json.path("statusCode").asInt(502));
      json.path("headers")
          .properties()
          .forEach(
              header -> response.getHeaders().put(header.getKey(), header.getValue().asText()));
      response.write(true, StandardCharsets.UTF_8.encode(json.path("body").asText("")), callback);
      return true;
    }
  }
}
