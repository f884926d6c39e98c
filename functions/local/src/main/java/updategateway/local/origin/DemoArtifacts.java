package updategateway.local.origin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The small distribution that is shipped with this module, laid out in a folder of its own while it
 * is served.
 */
public final class DemoArtifacts implements AutoCloseable {
  /**
   * When all of it was last changed, so that an agent that has it stays up to date from run to run.
   */
  private static final Instant CHANGED = Instant.parse("2024-09-01T00:00:00Z");

  private final Path folder;

  private DemoArtifacts(Path folder) {
    this.folder = folder;
  }

  /** Lays it out. */
  public static DemoArtifacts layOut() throws IOException {
    Path folder = Files.createTempDirectory("update-gateway-demo");
    try (InputStream list = resource("demo-artifacts.txt")) {
      for (String name : new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        try (InputStream in = resource("demo/" + name)) {
          Files.copy(in, file);
        }
        Files.setLastModifiedTime(file, FileTime.from(CHANGED));
      }
    }
    return new DemoArtifacts(folder);
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(DemoArtifacts.class.getResourceAsStream(name), name);
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
