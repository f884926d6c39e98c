package updategateway.commandline;

import java.nio.file.Path;

/**
 * Where the project's own files are; the scripts say it with the system property {@code
 * updategateway.project}.
 */
public final class ProjectPaths {
  private ProjectPaths() {}

  /** The operator's files that are shipped. */
  public static Path policies() {
    return root().resolve("functions").resolve("policies");
  }

  /** What is deployed. */
  public static Path template() {
    return root().resolve("template.yaml");
  }

  /** The folders of the modules. */
  public static Path modules() {
    return root().resolve("functions");
  }

  /** Recorded events that show what the gateway does. */
  public static Path events() {
    return root().resolve("events");
  }

  /** Where zips are made. */
  public static Path packages() {
    return root().resolve("target").resolve("package");
  }

  private static Path root() {
    return Path.of(System.getProperty("updategateway.project", "."));
  }
}
