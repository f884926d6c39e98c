package updategateway.commandline.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import updategateway.commandline.UsageException;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.parse.PolicyFiles;
import updategateway.policy.set.PolicySet;
import updategateway.policy.source.Diagnostic;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.policy.source.Position;

/**
 * A folder of policies and their catalog: every file that ends in {@code .yaml} or {@code .yml}.
 * What has such a name and cannot be read is never passed over: it may be a policy. Neither is what
 * lies in a folder inside. Hidden files are none, whatever their endings: an editor's lock ({@code
 * .#x.yaml}), or what macOS keeps of a file ({@code ._x.yaml}).
 */
public final class PolicyFolder {
  private final Path folder;

  public PolicyFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The set that the files make.
   *
   * @throws UsageException with every finding, when they make none
   */
  public PolicySet read() throws UsageException {
    LoadedFiles read = content();
    try {
      return PolicyFiles.read(read.files(), read.unreadable());
    } catch (InvalidPolicyException e) {
      throw mistakes(e.findings());
    }
  }

  /**
   * The files as they are.
   *
   * @throws UsageException when any cannot be read, with all that cannot
   */
  public List<PolicyFile> files() throws UsageException {
    LoadedFiles read = content();
    if (!read.unreadable().isEmpty()) {
      throw mistakes(read.unreadable());
    }
    return read.files();
  }

  /**
   * The files as they are, and what is wrong with those that cannot be read.
   *
   * @throws UsageException when the folder itself cannot be read
   */
  public LoadedFiles content() throws UsageException {
    List<PolicyFile> files = new ArrayList<>();
    List<Diagnostic> unreadable = new ArrayList<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.sorted().toList()) {
        String name = String.valueOf(path.getFileName());
        if (isHidden(name)) {
          continue;
        }
        if (isYaml(name)) {
          read(path, files, unreadable);
        } else if (isYaml(name.toLowerCase(Locale.ROOT))) {
          unreadable.add(
              new Diagnostic(
                  new Position(name, 0, ""),
                  "not read, because its ending is not in lower case",
                  "rename it to end in .yaml"));
        } else if (Files.isDirectory(path)) {
          deeper(path, unreadable);
        }
      }
    } catch (NoSuchFileException e) {
      throw new UsageException(
          "There is no folder " + folder + ": name one with a catalog.yaml and policies.");
    } catch (NotDirectoryException e) {
      throw new UsageException(
          folder
              + " is a file, not a folder: name the folder that it is in, "
              + Objects.requireNonNullElse(folder.getParent(), Path.of("."))
              + ".");
    } catch (IOException e) {
      throw new UsageException("The folder " + folder + " cannot be read: " + e.getMessage());
    }
    return new LoadedFiles(files, unreadable);
  }

  /**
   * Findings as what stops a command.
   *
   * @param findings at least one
   */
  public UsageException mistakes(List<Diagnostic> findings) {
    return new UsageException(
        "The policies in "
            + folder
            + " have "
            + (findings.size() == 1 ? "1 mistake" : findings.size() + " mistakes")
            + ":\n"
            + findings.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
  }

  private static void deeper(Path inner, List<Diagnostic> unreadable) throws IOException {
    try (Stream<Path> paths = Files.list(inner)) {
      for (Path path : paths.sorted().toList()) {
        String name = String.valueOf(path.getFileName());
        if (!isHidden(name) && isYaml(name.toLowerCase(Locale.ROOT))) {
          unreadable.add(
              new Diagnostic(
                  new Position(inner.getFileName() + "/" + name, 0, ""),
                  "not read, because it is in a folder of its own",
                  "move it beside the catalog, or out of here if it is no policy"));
        }
      }
    }
  }

  private static void read(Path path, List<PolicyFile> files, List<Diagnostic> unreadable) {
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      // Reading a pipe could take for ever.
      unreadable.add(
          new Diagnostic(
              new Position(String.valueOf(path.getFileName()), 0, ""),
              "a pipe or a device with the name of a file",
              "remove it"));
      return;
    }
    TextFile.read(path, unreadable::add).ifPresent(files::add);
  }

  /** Whether a file of this name is none of the operator's. */
  public static boolean isHidden(String name) {
    return name.startsWith(".");
  }

  private static boolean isYaml(String name) {
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }
}
