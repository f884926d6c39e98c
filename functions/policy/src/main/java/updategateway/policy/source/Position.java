package updategateway.policy.source;

/**
 * Where something is written.
 *
 * @param file the file's name, or what stands for it (a property of a custom resource)
 * @param line from 1; 0 where the text has no lines
 * @param path the way to it inside the file, such as {@code phases[1].from}; empty for the whole
 */
public record Position(String file, int line, String path) {
  /** A part that nobody wrote: read back from a store, or made by a program. */
  public static final Position NONE = new Position("", 0, "");

  /** {@code file:line: path}, as far as known. */
  @Override
  public String toString() {
    String place = line > 0 ? file + ":" + line : file;
    return path.isEmpty() ? place : place.isEmpty() ? path : place + ": " + path;
  }
}
