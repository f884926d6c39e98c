package updategateway.commandline.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.source.Diagnostic;

/**
 * What was read of some of the operator's files.
 *
 * @param files those that are text
 * @param unreadable what is wrong with the others as files, each named
 */
public record LoadedFiles(List<PolicyFile> files, List<Diagnostic> unreadable) {
  public LoadedFiles {
    files = List.copyOf(files);
    unreadable = List.copyOf(unreadable);
  }

  /** Reads files, whatever their endings. */
  public static LoadedFiles of(List<Path> paths) {
    List<PolicyFile> files = new ArrayList<>();
    List<Diagnostic> unreadable = new ArrayList<>();
    paths.forEach(path -> TextFile.read(path, unreadable::add).ifPresent(files::add));
    return new LoadedFiles(files, unreadable);
  }

  /** The names of all of them. */
  public Set<String> names() {
    return Stream.concat(
            files.stream().map(PolicyFile::name),
            unreadable.stream().map(finding -> finding.position().file()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
