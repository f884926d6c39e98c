package updategateway.benchmarks.startup;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The least that a function can do: reads the event and answers a constant. */
public final class EmptyHandler implements RequestStreamHandler {
  private static final byte[] ANSWER =
      "{\"statusCode\":204,\"headers\":{},\"body\":\"\"}".getBytes(StandardCharsets.US_ASCII);

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    input.readAllBytes();
    output.write(ANSWER);
  }
}
