package updategateway.benchmarks.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A limit of memory for one process after the other, set by what this system has: a control group,
 * which counts what is resident as Lambda does, by way of systemd or by hand; else a limit of data
 * that a process may write, which is weaker and says so; else none, which says so too.
 */
final class MemoryLimit implements AutoCloseable {
  private static final Path GROUPS = Path.of("/sys/fs/cgroup");
  private static final Path OWN_GROUP = Path.of("/proc/self/cgroup");
  private static final String UNIFIED = "0::";

  /** What systemd-run needs to find the user's own systemd. */
  private static final List<String> OF_THE_SESSION =
      List.of("XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS");

  private final List<String> before;
  private final Map<String, String> environment;
  private final @Nullable Path group;
  private final boolean real;
  private final String sentence;

  private MemoryLimit(
      List<String> before,
      Map<String, String> environment,
      @Nullable Path group,
      boolean real,
      String sentence) {
    this.before = before;
    this.environment = environment;
    this.group = group;
    this.real = real;
    this.sentence = sentence;
  }

  /**
   * The strongest that this system has.
   *
   * @param bytes the most memory
   */
  static MemoryLimit of(long bytes) throws IOException {
    return systemd(bytes)
        .or(() -> group(GROUPS, ownGroup(), bytes))
        .or(() -> data(bytes))
        .orElseGet(() ->
            new MemoryLimit(
                List.of(),
                Map.of(),
                null,
                false,
                "The process was not limited: this system has neither a control group of memory that can be made"
                    + " here (version 2) nor prlimit."));
  }

  /** What to start for a command to run within the limit; the process is the command's own. */
  List<String> around(List<String> command) {
    List<String> all = new ArrayList<>(before);
    all.addAll(command);
    return all;
  }

  /** Variables that it needs for that. */
  Map<String, String> environment() {
    return environment;
  }

  /** Whether it limits what is resident, as Lambda does. */
  boolean isReal() {
    return real;
  }

  /** How the process was limited. */
  String sentence() {
    return sentence;
  }

  private static Optional<MemoryLimit> systemd(long bytes) {
    Map<String, String> session = new HashMap<>();
    for (String name : OF_THE_SESSION) {
      Optional.ofNullable(System.getenv(name)).ifPresent(value -> session.put(name, value));
    }
    for (String whose : List.of("--system", "--user")) {
      List<String> before =
          List.of(
              "systemd-run",
              whose,
              "--scope",
              "--quiet",
              "--collect",
              "--property=MemoryMax=" + bytes,
              "--property=MemorySwapMax=0",
              "--");
      if (works(before)) {
        return Optional.of(
            new MemoryLimit(
                before,
                session,
                null,
                true,
                "Limited to "
                    + megabytes(bytes)
                    + " resident by a control group without swap (systemd-run)."));
      }
    }
    return Optional.empty();
  }

  /**
   * A group of version 2, beside this process's own or below it: wherever memory is handed on.
   *
   * @param mounted where the groups are
   * @param own the path of this process's own there
   */
  static Optional<MemoryLimit> group(Path mounted, String own, long bytes) {
    Path here = mounted.resolve(own.replaceFirst("^/+", "")).normalize();
    for (Path parent : List.of(here, here.resolve("..").normalize())) {
      if (!parent.startsWith(mounted) || !handsOnMemory(parent)) {
        continue;
      }
      Path group = parent.resolve("update-gateway-" + ProcessHandle.current().pid());
      try {
        Files.createDirectory(group);
        Files.writeString(group.resolve("memory.max"), Long.toString(bytes));
        if (Files.exists(group.resolve("memory.swap.max"))) {
          Files.writeString(group.resolve("memory.swap.max"), "0");
        }
        return Optional.of(
            new MemoryLimit(
                List.of(
                    "/bin/sh",
                    "-c",
                    "echo $$ > \"$0\" && exec \"$@\"",
                    group.resolve("cgroup.procs").toString()),
                Map.of(),
                group,
                true,
                "Limited to " + megabytes(bytes) + " resident by a control group without swap."));
      } catch (IOException e) {
        remove(group);
      }
    }
    return Optional.empty();
  }

  private static boolean handsOnMemory(Path group) {
    try {
      return List.of(
              Files.readString(group.resolve("cgroup.subtree_control")).strip().split(" ", -1))
          .contains("memory");
    } catch (IOException e) {
      return false;
    }
  }

  private static String ownGroup() {
    try (Stream<String> lines = Files.lines(OWN_GROUP)) {
      return lines
          .filter(line -> line.startsWith(UNIFIED))
          .map(line -> line.substring(UNIFIED.length()))
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  /** Weaker: see its sentence. */
  static Optional<MemoryLimit> data(long bytes) {
    List<String> before = List.of("prlimit", "--data=" + bytes, "--");
    return works(before)
        ? Optional.of(
            new MemoryLimit(
                before,
                Map.of(),
                null,
                false,
                "No control group of memory could be made here. In its place the memory that the process may write"
                    + " (heap, threads, metadata, code; resident or not, without files that are mapped) was limited to "
                    + megabytes(bytes)
                    + " (prlimit --data)."))
        : Optional.empty();
  }

  private static boolean works(List<String> before) {
    List<String> command = new ArrayList<>(before);
    command.add("true");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String megabytes(long bytes) {
    return bytes / (1 << 20) + " MB";
  }

  /** Removes the group; its processes have to have ended. */
  @Override
  public void close() {
    if (group != null) {
      remove(group);
    }
  }

  private static void remove(Path group) {
    for (int attempt = 0; attempt < 50 && Files.exists(group); attempt++) {
      try {
        Files.delete(group);
      } catch (IOException e) {
        // Its process is still on its way out.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
  }
}
