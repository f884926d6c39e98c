package updategateway.benchmarks.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemoryLimitTest {
  private static final long MEGABYTE = 1 << 20;
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @TempDir private Path folder = Path.of("");

  /** Whichever this system has: with it a process that takes too much fails, another does not. */
  @Test
  void whoTakesMoreFails() throws Exception {
    try (MemoryLimit limit = MemoryLimit.of(256 * MEGABYTE)) {
      assumeThat(limit.sentence()).doesNotContain("was not limited");
      assertThat(run(limit, 32)).isZero();
      assertThat(run(limit, 512)).isNotZero();
    }
  }

  @Test
  void withoutALimitWhoTakesMoreDoesNotFail() throws Exception {
    assertThat(new ProcessBuilder(java(512)).start().waitFor()).isZero();
  }

  @Test
  void theStandInSaysThatItIsOne() {
    Optional<MemoryLimit> data = MemoryLimit.data(256 * MEGABYTE);
    assumeThat(data).as("there is prlimit").isPresent();
    assertThat(data)
        .hasValueSatisfying(limit -> {
          assertThat(limit.isReal()).isFalse();
          assertThat(limit.sentence()).contains("No control group").contains("256 MB");
        });
  }

  /** Folders stand in for the kernel's, which not every machine has. */
  @Test
  void aGroupIsMadeWhereMemoryIsHandedOn() throws IOException {
    Path own = Files.createDirectories(folder.resolve("user.slice/shell"));
    Files.writeString(folder.resolve("user.slice/cgroup.subtree_control"), "cpu memory pids\n");
    Files.writeString(own.resolve("cgroup.subtree_control"), "\n");
    MemoryLimit limit =
        MemoryLimit.group(folder, "/user.slice/shell", 256 * MEGABYTE).orElseThrow();
    Path made = folder.resolve("user.slice/update-gateway-" + ProcessHandle.current().pid());
    assertThat(made.resolve("memory.max")).hasContent("268435456");
    assertThat(limit.isReal()).isTrue();
    assertThat(limit.around(List.of("bootstrap")))
        .contains(made.resolve("cgroup.procs").toString())
        .endsWith("bootstrap");
  }

  @Test
  void noneIsMadeWhereItIsNotOrOutsideOfTheGroups() throws IOException {
    Path groups = Files.createDirectories(folder.resolve("groups"));
    Files.writeString(folder.resolve("cgroup.subtree_control"), "memory\n");
    Files.writeString(groups.resolve("cgroup.subtree_control"), "cpu pids\n");
    assertThat(MemoryLimit.group(groups, "/", MEGABYTE)).isEmpty();
    assertThat(MemoryLimit.group(groups, "", MEGABYTE)).isEmpty();
    assertThat(MemoryLimit.group(groups, "/../..", MEGABYTE)).isEmpty();
    assertThat(folder).isDirectoryNotContaining("glob:**update-gateway-*");
  }

  private static int run(MemoryLimit limit, int megabytes) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(limit.around(java(megabytes)))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(limit.environment());
    return builder.start().waitFor();
  }

  /** Java with that much memory touched. */
  private static List<String> java(int megabytes) {
    return List.of(
        JAVA,
        "-XX:+UseSerialGC",
        "-XX:+AlwaysPreTouch",
        "-Xms" + megabytes + "m",
        "-Xmx" + megabytes + "m",
        // Otherwise one that fails leaves a report among the sources.
        "-XX:ErrorFile=/dev/null",
        "-version");
  }
}
