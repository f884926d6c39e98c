package updategateway.cli.policy;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import updategateway.commandline.ProjectPaths;
import updategateway.commandline.files.PolicyFolder;

/** Where the operator's files are. */
final class FilesOption {
  @Option(
      names = "--policies",
      paramLabel = "DIR",
      description = "the policies and their catalog (default: functions/policies)")
  private @Nullable Path policies;

  /** Whether they are named, not the project's. */
  boolean isNamed() {
    return policies != null;
  }

  Path folder() {
    return policies == null ? shown(ProjectPaths.policies()) : policies;
  }

  /** A path from here, where it leads down; an absolute one says no more. */
  static Path shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(here) && !absolute.equals(here) ? here.relativize(absolute) : path;
  }

  PolicyFolder read() {
    return new PolicyFolder(folder());
  }
}
