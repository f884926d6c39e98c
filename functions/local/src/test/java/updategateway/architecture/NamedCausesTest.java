package updategateway.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import updategateway.store.dynamodb.Defect;
import updategateway.store.dynamodb.Trouble;

/**
 * The causes that the gateway writes into its log are the ones in the document, in the same order.
 */
final class NamedCausesTest {
  @Test
  void everyCauseOfARefreshOrASetIsInTheDocument() throws IOException {
    assertThat(
            MarkdownFile.read(Path.of("..", "policy-store", "README.md"))
                .rowsUnder("### Causes in the log")
                .stream()
                .map(row -> row.getFirst().replace("`", "")))
        .containsExactlyElementsOf(
            Stream.concat(
                    Stream.of(Trouble.values()).map(Trouble::code),
                    Stream.of(Defect.values()).map(Defect::code))
                .toList());
  }
}
