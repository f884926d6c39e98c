package updategateway.local.origin;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.DefaultHandler;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.resource.ResourceFactory;
import updategateway.commandline.UsageException;

/**
 * Serves a folder of artifacts over HTTP, with Range, ETag and If-Modified-Since. Listens on the
 * loopback address only.
 */
public final class DemoOrigin implements AutoCloseable {
  private final Server server = new Server();

  /**
   * Starts on a free port.
   *
   * @throws UsageException when there is no such folder
   */
  public URI start(Path folder) throws Exception {
    if (!Files.isDirectory(folder)) {
      throw new UsageException("There is no folder " + folder + " to serve artifacts from.");
    }
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ResourceHandler artifacts = new ResourceHandler();
    artifacts.setBaseResource(ResourceFactory.of(artifacts).newResource(folder.toRealPath()));
    artifacts.setDirAllowed(false);
    artifacts.setEtags(true);
    artifacts.setAcceptRanges(true);
    server.setHandler(new Handler.Sequence(artifacts, new DefaultHandler(false, false)));
    server.start();
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
