package updategateway.local.edge;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpGenerator;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/** HTTP/1.1 with the reason phrase of RFC 7725, which Jetty spells otherwise. */
final class RfcReasonPhrases extends HttpConnectionFactory {
  private static final int UNAVAILABLE_FOR_LEGAL_REASONS = 451;

  RfcReasonPhrases(HttpConfiguration configuration) {
    super(configuration);
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    return configure(
        new HttpConnection(getHttpConfiguration(), connector, endPoint) {
          @Override
          protected HttpGenerator newHttpGenerator() {
            return new Generator();
          }
        },
        connector,
        endPoint);
  }

  private static final class Generator extends HttpGenerator {
    @Override
    public Result generateResponse(
        MetaData.Response response,
        boolean head,
        ByteBuffer header,
        ByteBuffer chunk,
        ByteBuffer content,
        boolean last)
        throws IOException {
      return super.generateResponse(
          response != null && response.getStatus() == UNAVAILABLE_FOR_LEGAL_REASONS
              ? withPhrase(response)
              : response,
          head,
          header,
          chunk,
          content,
          last);
    }

    private static MetaData.Response withPhrase(MetaData.Response response) {
      return new MetaData.Response(
          response.getStatus(),
          "Unavailable For Legal Reasons",
          response.getHttpVersion(),
          response.getHttpFields(),
          response.getContentLength(),
          response.getTrailersSupplier());
    }
  }
}
