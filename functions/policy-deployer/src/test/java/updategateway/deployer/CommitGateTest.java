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
    CommitGate gate = new CommitGate();
    assertThat(gate.mayHaveCommitted()).isFalse();
    assertThat(gate.tryCommit()).isTrue();
    assertThat(gate.tryCommit()).as("a second attempt").isTrue();
    gate.close();
    assertThat(gate.tryCommit()).isFalse();
    assertThat(gate.mayHaveCommitted()).isTrue();
    gate.close();
    assertThat(gate.mayHaveCommitted()).isTrue();
  }

  @Test
  void whatWasTakenBeforeItWasSpokenIsNeverSpoken() {
    CommitGate gate = new CommitGate();
    gate.close();
    assertThat(gate.tryCommit()).isFalse();
    assertThat(gate.mayHaveCommitted()).isFalse();
  }

  /** Whoever took it and hears that nothing was spoken can rely on that for ever. */
  @Test
  void oneOfTheTwoHasIt() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      CyclicBarrier start = new CyclicBarrier(2);
      for (int round = 0; round < 2_000; round++) {
        CommitGate gate = new CommitGate();
        Future<Boolean> work =
            threads.submit(() -> {
              start.await();
              return gate.tryCommit();
            });
        Future<Boolean> watchdog =
            threads.submit(() -> {
              start.await();
              gate.close();
              return gate.mayHaveCommitted();
            });
        assertThat(watchdog.get()).isEqualTo(work.get());
        assertThat(gate.tryCommit()).isFalse();
      }
    }
  }
}
