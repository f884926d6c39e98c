package updategateway.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import updategateway.commandline.UsageException;

/**
 * How large a package may be. Unzipped, Lambda sets the limit; zipped, this project does, since
 * each new environment fetches the zip before it starts.
 */
enum PackageSize {
  /** The jars alone. */
  MANAGED("managed", 12),
  /** With a Java runtime and an AOT cache. */
  SELF_CONTAINED("self-contained", 45);

  private static final long MEGABYTE = 1_000_000;
  private static final long MOST_UNZIPPED = 250 * MEGABYTE;
  private static final int LARGEST = 3;

  private final String word;
  private final long most;

  PackageSize(String word, int megabytes) {
    this.word = word;
    this.most = megabytes * MEGABYTE;
  }

  /**
   * Removes a zip that is too large, so that nobody deploys it.
   *
   * @param content what is in it
   * @return its sizes in words
   * @throws UsageException when it is too large; says by how much, and what makes it so
   */
  String check(Path zip, Path content) throws IOException, UsageException {
    long zipped = Files.size(zip);
    long unzipped = Zip.size(content);
    if (zipped > most) {
      Files.delete(zip);
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "%s would have %s: a %s package may have %s at most, since each cold start waits for it. %s",
              zip.getFileName(),
              megabytes(zipped),
              word,
              megabytes(most),
              largest(content)));
    }
    if (unzipped >= MOST_UNZIPPED) {
      Files.delete(zip);
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "%s would have %s unzipped: Lambda takes only what is below %s. %s",
              zip.getFileName(),
              megabytes(unzipped),
              megabytes(MOST_UNZIPPED),
              largest(content)));
    }
    return megabytes(zipped) + ", unzipped " + megabytes(unzipped);
  }

  private static String largest(Path content) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(content)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    return files.stream()
        .sorted(Comparator.comparingLong(PackageSize::size).reversed())
        .limit(LARGEST)
        .map(file -> content.relativize(file) + " (" + megabytes(size(file)) + ")")
        .collect(
            Collectors.joining(", ", "The largest files in it, unzipped: ", ". It was not kept."));
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  /** Rounded up, so that what is over a limit never reads as the limit. */
  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", Math.ceil(bytes * 10.0 / MEGABYTE) / 10);
  }
}
