package updategateway.cli.agents;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import updategateway.commandline.UsageException;
import updategateway.gateway.registration.AgentIdExtractor;
import updategateway.store.agents.AgentRepository;
import updategateway.store.agents.AgentRepository.Account;
import updategateway.store.dynamodb.PolicyStoreException;

/**
 * Brings accounts from a file into the table, in portions: each is read, written by several threads
 * at once, and noted as done before the next begins. So memory holds one portion however long the
 * file is, a later line for an id counts over an earlier one, and whoever is stopped goes on behind
 * the last portion that was whole. Writing one again does no harm.
 */
final class AgentImport {
  private static final int PORTION = 5_000;
  private static final int THREADS = 8;
  private static final int MOST_SHOWN = 100;
  private static final int MOST_KEPT = 10_000;
  private static final long FIRST_PROGRESS_NANOS = 1_000_000_000L;
  private static final long PROGRESS_NANOS = 5_000_000_000L;

  private final Path file;
  private final AgentIdExtractor source;
  private final @Nullable AgentRepository accounts;
  private final Path stateFile;
  private final PrintStream progress;
  private final List<AccountCsvReader.Rejected> rejected = new ArrayList<>();
  private final long begun = System.nanoTime();
  private long nextProgress = begun + FIRST_PROGRESS_NANOS;
  private long writtenNow;

  /**
   * @param source where agents name themselves
   * @param accounts null when the file is only to be checked
   * @param progress takes what is rejected, and how far it is
   */
  AgentImport(
      Path file,
      AgentIdExtractor source,
      @Nullable AgentRepository accounts,
      Path stateFile,
      PrintStream progress) {
    this.file = file;
    this.source = source;
    this.accounts = accounts;
    this.stateFile = stateFile;
    this.progress = progress;
  }

  /**
   * What became of it.
   *
   * @param lines up to which line it came
   * @param imported how many accounts were written, in earlier runs too
   * @param rejected how many lines were not, in earlier runs too
   * @param rejectedNow the first ten thousand of those that were rejected in this run
   */
  record Result(
      long lines, long imported, long rejected, List<AccountCsvReader.Rejected> rejectedNow) {}

  /**
   * Goes on behind a line to the end.
   *
   * @throws UsageException when it has to stop before the end; what is done is noted
   */
  Result run(ImportCheckpoint from) throws UsageException {
    ImportCheckpoint state = from;
    try (AccountCsvReader lines = new AccountCsvReader(file, source);
        ExecutorService writers = Executors.newFixedThreadPool(THREADS)) {
      boolean more = true;
      while (more) {
        Map<String, Account> portion = new LinkedHashMap<>();
        long last = state.line();
        long read = 0;
        long wrong = 0;
        while (read + wrong < PORTION) {
          AccountCsvReader.Line line = lines.next();
          if (line == null) {
            more = false;
            break;
          }
          if (line.number() <= from.line()) {
            continue;
          }
          last = line.number();
          switch (line) {
            case AccountCsvReader.Read account -> {
              read++;
              portion.put(account.account().agentId(), account.account());
            }
            case AccountCsvReader.Rejected reject -> {
              wrong++;
              reject(reject);
            }
          }
        }
        write(portion, writers);
        writtenNow += read;
        state = state.at(last, state.imported() + read, state.rejected() + wrong);
        if (accounts != null) {
          note(state);
        }
        show(state);
      }
    } catch (UsageException e) {
      throw new UsageException(
          e.getMessage()
              + (accounts == null || state.line() == 0
                  ? ""
                  : "\nEverything up to line "
                      + state.line()
                      + " is in the table: the same command goes on from there."));
    }
    finish();
    return new Result(state.line(), state.imported(), state.rejected(), List.copyOf(rejected));
  }

  private void reject(AccountCsvReader.Rejected line) {
    if (rejected.size() < MOST_KEPT) {
      rejected.add(line);
    }
    if (rejected.size() <= MOST_SHOWN) {
      progress.println(file + ":" + line.number() + ": " + line.problem());
      if (rejected.size() == MOST_SHOWN) {
        progress.println("More lines that are rejected are only counted.");
      }
    }
  }

  private void write(Map<String, Account> portion, ExecutorService writers) throws UsageException {
    AgentRepository table = accounts;
    if (table == null) {
      return;
    }
    List<Callable<Void>> batches = new ArrayList<>();
    List<Account> all = List.copyOf(portion.values());
    for (int begin = 0; begin < all.size(); begin += AgentRepository.BATCH) {
      List<Account> batch = all.subList(begin, Math.min(begin + AgentRepository.BATCH, all.size()));
      batches.add(() -> {
        table.putAll(batch);
        return null;
      });
    }
    try {
      for (Future<Void> written : writers.invokeAll(batches)) {
        written.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PolicyStoreException failure) {
        throw new UsageException(String.valueOf(failure.getMessage()));
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UsageException("The import was interrupted.");
    }
  }

  private void note(ImportCheckpoint state) throws UsageException {
    try {
      state.write(stateFile);
    } catch (IOException e) {
      throw new UsageException(
          "How far the import is cannot be noted in "
              + stateFile
              + ": name another file with --state.");
    }
  }

  private void finish() throws UsageException {
    try {
      if (accounts != null) {
        Files.deleteIfExists(stateFile);
      }
    } catch (IOException e) {
      throw new UsageException(stateFile + " cannot be removed, but the import is done.");
    }
  }

  private void show(ImportCheckpoint state) {
    long now = System.nanoTime();
    if (now < nextProgress) {
      return;
    }
    nextProgress = now + PROGRESS_NANOS;
    progress.println(
        String.format(
            Locale.ROOT,
            "line %,d: %,d accounts, %,d rejected, %,d a second",
            state.line(),
            state.imported(),
            state.rejected(),
            writtenNow * 1_000_000_000L / Math.max(1, now - begun)));
  }
}
