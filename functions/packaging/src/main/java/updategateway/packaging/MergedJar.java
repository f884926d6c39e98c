package updategateway.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/**
 * One jar with all that is in several: for each jar on its class path a start opens a file and
 * reads its directory, which for some forty took a quarter of a start's time.
 *
 * <p>Of classes in several versions it has those for this Java, on which the function runs too.
 * What each jar says of itself (manifest, licence, notice) stays, under {@code
 * META-INF/merged/JAR/}; of itself this one says nothing, since Java would ask a manifest about
 * each package of it at each start. The bytes depend on those of the jars and on nothing else.
 */
final class MergedJar {
  static final String META = "META-INF/";
  static final String SERVICES = META + "services/";
  private static final String VERSIONS = META + "versions/";
  static final String MERGED = META + "merged/";

  /** Of the jar as a whole, and so of none of its parts: what module it is, and who signed it. */
  private static final Pattern OF_THE_WHOLE =
      Pattern.compile("module-info\\.class|META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

  private final Path content;

  private MergedJar(Path content) {
    this.content = content;
  }

  /**
   * Makes it.
   *
   * @param jars in the order of a class path
   * @throws IOException when two of them have another class or resource of the same name, too
   */
  static void write(List<Path> jars, Path to) throws IOException {
    Path content = Files.createTempDirectory("merged");
    try {
      Files.createDirectory(content.resolve(META));
      MergedJar merged = new MergedJar(content);
      for (Path jar : jars) {
        merged.add(jar);
      }
      Zip.writeJar(content, to);
    } finally {
      Directories.delete(content);
    }
  }

  private void add(Path path) throws IOException {
    String name = String.valueOf(path.getFileName());
    try (JarFile jar = new JarFile(path.toFile(), true, ZipFile.OPEN_READ, Runtime.version())) {
      for (JarEntry entry : jar.versionedStream().toList()) {
        String own = entry.getName();
        if (entry.isDirectory()
            || OF_THE_WHOLE.matcher(own).matches()
            || own.startsWith(VERSIONS)) {
          continue;
        }
        try (InputStream in = jar.getInputStream(entry)) {
          put(own, in.readAllBytes(), name);
        }
      }
    }
  }

  private void put(String name, byte[] bytes, String jar) throws IOException {
    boolean aboutTheJar = name.startsWith(META) && name.indexOf('/', META.length()) < 0;
    Path file =
        content
            .resolve(aboutTheJar ? MERGED + jar + "/" + name.substring(META.length()) : name)
            .normalize();
    if (!file.startsWith(content)) {
      throw new IOException("an entry of " + jar + " leads out of the jar: " + name);
    }
    Files.createDirectories(file.getParent());
    if (!Files.exists(file)) {
      Files.write(file, bytes);
    } else if (name.startsWith(SERVICES)) {
      Files.write(file, new byte[] {'\n'}, StandardOpenOption.APPEND);
      Files.write(file, bytes, StandardOpenOption.APPEND);
    } else if (!Arrays.equals(Files.readAllBytes(file), bytes)) {
      throw new IOException("two jars have another " + name + ", one of them " + jar);
    }
  }
}
