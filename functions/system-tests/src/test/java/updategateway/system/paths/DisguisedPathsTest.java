package updategateway.system.paths;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import updategateway.gateway.UpdateHandler;
import updategateway.gateway.settings.SettingsReader;
import updategateway.gateway.testing.Disguises;
import updategateway.gateway.testing.FileServer;
import updategateway.local.edge.Invocation;
import updategateway.region.AgentRegistry;
import updategateway.store.refresh.ActivePolicySource;

/**
 * Paths in disguise, sent where the gateway sends them: to a real server of files, once as strict
 * as it comes and once as lenient as it can be set.
 */
final class DisguisedPathsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int TRIES = 40_000;

  @Test
  void whatARealOriginOpensMayBeServed(@TempDir Path folder) throws Exception {
    for (String file : FileServer.FILES) {
      if (file.chars().allMatch(c -> c < 0x80)) {
        Path path = folder.resolve(file.substring(1));
        Files.createDirectories(path.getParent());
        Files.writeString(path, file + "\n");
      }
    }
    for (UriCompliance compliance :
        new UriCompliance[] {UriCompliance.DEFAULT, UriCompliance.UNSAFE}) {
      Server origin = origin(folder, compliance);
      try {
        int port = ((ServerConnector) origin.getConnectors()[0]).getLocalPort();
        UpdateHandler gateway = gateway();
        int opened = 0;
        int otherwise = 0;
        for (int seed = 0; seed < TRIES; seed++) {
          String path = Disguises.disguised(new SplittableRandom(seed));
          Optional<URI> location = location(gateway, path);
          if (location.isEmpty()) {
            continue;
          }
          Optional<String> file = get(port, location.get().getRawPath());
          if (file.isPresent()) {
            opened++;
            otherwise += file.get().equals(path) ? 0 : 1;
            assertThat(location(gateway, file.get()))
                .as("%s opens %s for %s", compliance.getName(), file.get(), path)
                .isPresent();
          }
        }
        // The gateway itself turns most of them away; too few left would prove nothing.
        assertThat(opened).isGreaterThan(100);
        assertThat(otherwise).isGreaterThan(40);
      } finally {
        origin.stop();
      }
    }
  }

  private static Server origin(Path folder, UriCompliance compliance) throws Exception {
    HttpConfiguration http = new HttpConfiguration();
    http.setUriCompliance(compliance);
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ResourceHandler files = new ResourceHandler();
    files.setBaseResource(ResourceFactory.of(files).newResource(folder.toRealPath()));
    files.setDirAllowed(false);
    server.setHandler(files);
    server.start();
    return server;
  }

  private static UpdateHandler gateway() {
    return new UpdateHandler(
        SettingsReader.read(
            Map.of(
                "ORIGIN_URL", "https://origin.example",
                "OPERATOR_NAME", "Example Inc.",
                "OPERATOR_URL", "https://vendor.example/legal",
                "CONTACT", "legal@vendor.example",
                "MAX_CLOCK_SKEW_SECONDS", "0")),
        ActivePolicySource.always(Disguises.policy()),
        _ -> new AgentRegistry.Found(Set.of()),
        InstantSource.system(),
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
  }

  /** Where somebody in the United States is sent; empty when nowhere. */
  private static Optional<URI> location(UpdateHandler gateway, String path) throws IOException {
    ObjectNode event = JSON.createObjectNode().put("version", "2.0").put("rawPath", path);
    event.putObject("headers").put("cloudfront-viewer-country", "US");
    ObjectNode context = event.putObject("requestContext");
    context.put("timeEpoch", Instant.parse("2024-09-29T04:00:00Z").toEpochMilli());
    context.putObject("authorizer").putObject("iam").put("accountId", "1");
    context.putObject("http").put("method", "GET").put("path", path);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    gateway.handleRequest(
        new ByteArrayInputStream(JSON.writeValueAsBytes(event)), out, new Invocation("test"));
    JsonNode answer = JSON.readTree(out.toByteArray());
    return answer.path("statusCode").asInt() == 302
        ? Optional.of(URI.create(answer.path("headers").path("Location").asText()))
        : Optional.empty();
  }

  /** The file that the origin opens, which says its own path; byte for byte as it was sent on. */
  private static Optional<String> get(int port, String rawPath) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              ("GET " + rawPath + " HTTP/1.1\r\nHost: origin\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String status = answer.readLine();
      if (status == null || !status.contains(" 200 ")) {
        return Optional.empty();
      }
      return answer.lines().filter(line -> line.startsWith("/")).findFirst();
    }
  }
}
