package updategateway.cli.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import updategateway.commandline.UsageException;

/**
 * How far an import has come: up to this line of this file everything is in this table. Written
 * beside the file while an import runs, so that one that was stopped goes on from there.
 *
 * @param size the file's, in bytes
 * @param modified when the file was last changed
 * @param table where to
 * @param line the last line that was dealt with
 * @param imported how many accounts were written so far
 * @param rejected how many lines were not
 */
record ImportCheckpoint(
    long size, String modified, String table, long line, long imported, long rejected) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Nothing is done yet. */
  static ImportCheckpoint beginning(Path file, String table) throws IOException {
    return new ImportCheckpoint(
        Files.size(file), Files.getLastModifiedTime(file).toString(), table, 0, 0, 0);
  }

  ImportCheckpoint at(long line, long imported, long rejected) {
    return new ImportCheckpoint(size, modified, table, line, imported, rejected);
  }

  /** Whether it is of the same file and table. */
  boolean fits(ImportCheckpoint other) {
    return size == other.size && modified.equals(other.modified) && table.equals(other.table);
  }

  static Optional<ImportCheckpoint> read(Path path) throws UsageException {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(path.toFile());
      return Optional.of(
          new ImportCheckpoint(
              json.path("size").asLong(-1),
              json.path("modified").asText(),
              json.path("table").asText(),
              json.path("line").asLong(),
              json.path("imported").asLong(),
              json.path("rejected").asLong()));
    } catch (IOException e) {
      throw new UsageException(
          path + " cannot be read: remove it, or say --restart to begin from the first line.");
    }
  }

  /** Whole or not at all. */
  void write(Path path) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("size", size).put("modified", modified).put("table", table);
    json.put("line", line).put("imported", imported).put("rejected", rejected);
    Path next = path.resolveSibling(path.getFileName() + ".next");
    Files.write(next, JSON.writeValueAsBytes(json));
    Files.move(next, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
