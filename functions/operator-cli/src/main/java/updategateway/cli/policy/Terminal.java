package updategateway.cli.policy;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The controlling terminal of this process, wherever its input and output are redirected to. */
final class Terminal {
  private static final String DEVICE = "/dev/tty";

  private Terminal() {}

  /**
   * Returns the answer to a question, empty text at the end of input; no value if the process has
   * no terminal.
   */
  static Optional<String> ask(String question) {
    try (OutputStream out = new FileOutputStream(DEVICE);
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(new FileInputStream(DEVICE), StandardCharsets.UTF_8))) {
      out.write(question.getBytes(StandardCharsets.UTF_8));
      out.flush();
      String answer = in.readLine();
      return Optional.of(answer == null ? "" : answer);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
