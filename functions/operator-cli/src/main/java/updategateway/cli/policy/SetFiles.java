package updategateway.cli.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import updategateway.commandline.UsageException;
import updategateway.commandline.files.PolicyFolder;
import updategateway.policy.model.Policy;
import updategateway.policy.set.CanonicalForm;
import updategateway.policy.set.Digest;
import updategateway.policy.set.PolicySet;

/** A policy set as the files that an operator writes: one policy a file, catalog, corrections. */
final class SetFiles {
  private static final String CATALOG = "catalog.yaml";
  private static final String CORRECTIONS = "corrections.yaml";

  private final Map<String, String> texts = new LinkedHashMap<>();

  SetFiles(PolicySet set) {
    for (Policy policy : set.policies()) {
      String name = policy.id() + ".yaml";
      boolean taken = name.equals(CATALOG) || name.equals(CORRECTIONS);
      texts.put(taken ? "policy-" + name : name, YamlText.of(CanonicalForm.policy(policy)));
    }
    texts.put(CATALOG, YamlText.of(CanonicalForm.catalog(set.catalog())));
    if (!set.corrections().isEmpty()) {
      texts.put(CORRECTIONS, YamlText.of(CanonicalForm.corrections(set.corrections())));
    }
  }

  /** The files, name and text, in the order in which they are shown. */
  Map<String, String> texts() {
    return texts;
  }

  /**
   * Writes the files into a folder, which is created if it is missing.
   *
   * @return the digest of the set that the files make when they are read again
   * @throws UsageException if the folder has files already, cannot be written, or the files that
   *     were written have mistakes
   */
  Digest write(Path folder) throws UsageException {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> there = Files.list(folder)) {
        if (there.findAny().isPresent()) {
          throw new UsageException(
              "--out " + folder + " is not empty: name a new folder, or an empty one.");
        }
      }
      for (Map.Entry<String, String> file : texts.entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException e) {
      throw new UsageException("--out " + folder + " cannot be written: " + e);
    }
    return new PolicyFolder(folder).read().digest();
  }
}
