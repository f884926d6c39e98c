package updategateway.local.files;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import updategateway.local.UsageException;
import updategateway.policy.document.InvalidDocumentException;
import updategateway.policy.file.PolicyFile;
import updategateway.policy.file.PolicyFiles;
import updategateway.policy.set.PolicySet;

/**
 * A folder of policies and their catalog: every file that ends in {@code .yaml} or {@code .yml}.
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
    try {
      return PolicyFiles.read(files());
    } catch (InvalidDocumentException e) {
      throw new UsageException(
          "The policies in "
              + folder
              + " have "
              + e.findings().size()
              + " mistakes:\n"
              + e.getMessage());
    }
  }

  /**
   * The files as they are.
   *
   * @throws UsageException when they cannot be read
   */
  public List<PolicyFile> files() throws UsageException {
    List<PolicyFile> files = new ArrayList<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.filter(PolicyFolder::isYaml).sorted().toList()) {
        files.add(new PolicyFile(String.valueOf(path.getFileName()), Files.readString(path)));
      }
    } catch (NoSuchFileException e) {
      throw new UsageException(
          "There is no folder " + folder + ": name one with a catalog.yaml and policies.");
    } catch (CharacterCodingException e) {
      throw new UsageException("A file in " + folder + " is not UTF-8: save it as UTF-8.");
    } catch (IOException e) {
      throw new UsageException("The folder " + folder + " cannot be read: " + e.getMessage());
    }
    return files;
  }

  private static boolean isYaml(Path path) {
    String name = String.valueOf(path.getFileName());
    return Files.isRegularFile(path) && (name.endsWith(".yaml") || name.endsWith(".yml"));
  }
}
