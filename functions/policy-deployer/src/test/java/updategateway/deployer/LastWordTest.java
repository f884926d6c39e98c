package updategateway.deployer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class LastWordTest {
  @Test
  void theWorkHasItUntilItIsTaken() {
    LastWord word = new LastWord();
    assertThat(word.wasSpoken()).isFalse();
    assertThat(word.getAsBoolean()).isTrue();
    assertThat(word.getAsBoolean()).as("a second attempt").isTrue();
    word.take();
    assertThat(word.getAsBoolean()).isFalse();
    assertThat(word.wasSpoken()).isTrue();
    word.take();
    assertThat(word.wasSpoken()).isTrue();
  }

  @Test
  void whatWasTakenBeforeItWasSpokenIsNeverSpoken() {
    LastWord word = new LastWord();
    word.take();
    assertThat(word.getAsBoolean()).isFalse();
    assertThat(word.wasSpoken()).isFalse();
  }

  /** Whoever took it and hears that nothing was spoken can rely on that for ever. */
  @Test
  void oneOfTheTwoHasIt() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      CyclicBarrier start = new CyclicBarrier(2);
      for (int round = 0; round < 2_000; round++) {
        LastWord word = new LastWord();
        Future<Boolean> work =
            threads.submit(() -> {
              start.await();
              return word.getAsBoolean();
            });
        Future<Boolean> watchdog =
            threads.submit(() -> {
              start.await();
              word.take();
              return word.wasSpoken();
            });
        assertThat(watchdog.get()).isEqualTo(work.get());
        assertThat(word.getAsBoolean()).isFalse();
      }
    }
  }
}
