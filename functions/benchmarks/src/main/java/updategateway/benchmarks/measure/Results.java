package updategateway.benchmarks.measure;

import java.nio.file.Path;
import updategateway.local.Project;

/** Where results are kept. */
public final class Results {
  private Results() {}

  /** The folder that the README shows. */
  public static Path folder() {
    return Project.rooms().resolve("benchmarks").resolve("results");
  }
}
