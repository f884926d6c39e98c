package updategateway.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  @Test
  void whoWaitsIsToldForHowLongAndTheLineIsGoneAfterwards() throws InterruptedException {
    CountDownLatch told = new CountDownLatch(3);
    StringWriter text = new StringWriter();
    PrintWriter err =
        new PrintWriter(text) {
          @Override
          public void flush() {
            told.countDown();
          }
        };
    try (Progress _ = Progress.of("Comparing", err, true, Duration.ofMillis(400))) {
      told.await();
    }
    assertThat(text.toString())
        .startsWith("\rComparing … 0 s\rComparing … 0 s\rComparing … 1 s")
        .endsWith("\r               \r");
  }

  @Test
  void whatIsDoneAtOnceAndWhatNobodyReadsIsNotSaid() {
    StringWriter text = new StringWriter();
    Progress.of("Comparing", new PrintWriter(text), true, Duration.ofDays(1)).close();
    try (Progress _ = Progress.of("Comparing", new PrintWriter(text))) {
      assertThat(Boolean.getBoolean(Progress.WANTED)).isFalse();
    }
    assertThat(text.toString()).isEmpty();
  }
}
