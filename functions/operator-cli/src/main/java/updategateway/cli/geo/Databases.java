package updategateway.cli.geo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import updategateway.commandline.UsageException;
import updategateway.region.GeoIpDatabase;

/** The database that a person means. */
final class Databases {
  private Databases() {}

  /**
   * The one that is named, else the gateway's own, else the one that was fetched.
   *
   * @throws UsageException when there is none, or it is no database of countries
   */
  static GeoIpDatabase open(@Nullable Path named) throws UsageException {
    Path file = named;
    if (file == null) {
      String set = System.getenv("GEO_DATABASE");
      file =
          set == null || set.isEmpty()
              ? PublicDomainDatabase.folder().resolve(PublicDomainDatabase.FILE)
              : Path.of(set);
      if (!Files.exists(file)) {
        throw new UsageException(
            "There is no database: name one with --database FILE, or get one with scripts/geo fetch.");
      }
    }
    try {
      return GeoIpDatabase.open(file);
    } catch (IOException e) {
      throw new UsageException("The database " + file + " " + e.getMessage() + ".");
    }
  }
}
