package updategateway.system.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A document of the project, with its sections, tables and links. */
record MarkdownFile(Path path, List<String> lines) {
  private static final Pattern HEADING = Pattern.compile("(#+) (.+)");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

  static MarkdownFile read(Path path) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean inFence = false;
    for (String line : Files.readAllLines(path)) {
      inFence ^= line.startsWith("```");
      lines.add(inFence || line.startsWith("    ") ? "" : line);
    }
    return new MarkdownFile(path, List.copyOf(lines));
  }

  /** Returns the rows, without the header, of all tables under a heading and its subheadings. */
  List<List<String>> rowsUnder(String heading) {
    int level = heading.indexOf(' ');
    List<List<String>> rows = new ArrayList<>();
    boolean inside = false;
    boolean found = false;
    int row = 0;
    for (String line : lines) {
      Matcher matcher = HEADING.matcher(line);
      if (matcher.matches()) {
        inside = line.equals(heading) || (inside && matcher.group(1).length() > level);
        found |= inside;
      }
      row = line.startsWith("|") ? row + 1 : 0;
      if (inside && row > 2) {
        String cells = line.substring(1, line.lastIndexOf('|'));
        rows.add(Pattern.compile("(?<!\\\\)[|]").splitAsStream(cells).map(String::strip).toList());
      }
    }
    if (!found) {
      throw new AssertionError(path + " has no heading " + heading);
    }
    return rows;
  }

  /** Returns the targets of all links and images. */
  List<String> links() {
    return lines.stream()
        .flatMap(line -> LINK.matcher(line.replaceAll("`[^`]*`", "")).results())
        .map(link -> link.group(1))
        .toList();
  }

  /** Returns the anchors of the headings, as GitHub makes them. */
  Set<String> anchors() {
    Set<String> anchors = new HashSet<>();
    for (String line : lines) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        String anchor =
            heading
                .group(2)
                .replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
        String unique = anchor;
        for (int i = 1; !anchors.add(unique); i++) {
          unique = anchor + "-" + i;
        }
      }
    }
    return anchors;
  }
}
