package updategateway.deployer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class CommitGateTest {
  @Test
  void theWorkHasItUntilItIsTaken() {
    CommitGate word = new CommitGate();
    assertThat(word.mayHaveCommitted()).isFalse();
    assertThat(word.getAsBoolean()).isTrue();
    assertThat(word.getAsBoolean()).as("a second attempt").isTrue();
    word.take();
    assertThat(word.getAsBoolean()).isFalse();
    assertThat(word.mayHaveCommitted()).isTrue();
    word.take();
    assertThat(word.mayHaveCommitted()).isTrue();
  }

  @Test
  void whatWasTakenBeforeItWasSpokenIsNeverSpoken() {
    CommitGate word = new CommitGate();
    word.take();
    assertThat(word.getAsBoolean()).isFalse();
    assertThat(word.mayHaveCommitted()).isFalse();
  }

  /** Whoever took it and hears that nothing was spoken can rely on that for ever. */
  @Test
  void oneOfTheTwoHasIt() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      CyclicBarrier start = new CyclicBarrier(2);
      for (int round = 0; round < 2_000; round++) {
        CommitGate word = new CommitGate();
        Future<Boolean> work =
            threads.submit(() -> {
              start.await();
              return word.getAsBoolean();
            });
        Future<Boolean> watchdog =
            threads.submit(() -> {
              start.await();
              word.take();
              return word.mayHaveCommitted();
            });
        assertThat(watchdog.get()).isEqualTo(work.get());
        assertThat(word.getAsBoolean()).isFalse();
      }
    }
  }
}
