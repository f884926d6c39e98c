package updategateway.system.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import updategateway.store.dynamodb.CorruptionKind;
import updategateway.store.dynamodb.FailureCause;

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
                    Stream.of(FailureCause.values()).map(FailureCause::code),
                    Stream.of(CorruptionKind.values()).map(CorruptionKind::code))
                .toList());
  }
}
