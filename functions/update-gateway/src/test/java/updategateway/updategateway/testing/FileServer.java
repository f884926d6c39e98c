package updategateway.updategateway.testing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A server of files. There are several, from strict to careless, each reading a raw path in its own
 * way: with the language's decoder, and nothing of the gateway's.
 *
 * @param name for failures
 * @param reading from a raw path to a file path
 * @param equality whether a file's name is what such a path names
 */
public record FileServer(
    String name, UnaryOperator<String> reading, BiPredicate<String, String> equality) {
  public static final List<FileServer> ALL =
      List.of(
          new FileServer("strict", FileServer::decode, FileServer::same),
          new FileServer("decodes twice", path -> decode(decode(path)), FileServer::same),
          new FileServer("decodes thrice", path -> decode(decode(decode(path))), FileServer::same),
          new FileServer("decodes as a form", FileServer::form, FileServer::same),
          new FileServer("decodes as a form twice", path -> form(form(path)), FileServer::same),
          new FileServer("servlet", path -> decode(cutParameters(path)), FileServer::same),
          new FileServer(
              "servlet behind a proxy", path -> cutParameters(decode(path)), FileServer::same),
          new FileServer(
              "servlet behind a decoding proxy",
              path -> decode(cutParameters(decode(path))),
              FileServer::same),
          new FileServer("ignores case", FileServer::decode, String::equalsIgnoreCase),
          new FileServer("windows", path -> windows(decode(path)), String::equalsIgnoreCase),
          new FileServer(
              "windows behind a proxy",
              path -> windows(decode(decode(path))),
              String::equalsIgnoreCase),
          new FileServer(
              "windows servlet",
              path -> windows(cutParameters(decode(path))),
              String::equalsIgnoreCase),
          new FileServer(
              "windows with code units",
              path -> windows(codeUnits(decode(path))),
              String::equalsIgnoreCase),
          new FileServer(
              "windows in a code page",
              path -> windows(bestFit(decode(path))),
              String::equalsIgnoreCase),
          new FileServer("mac", FileServer::decode, FileServer::sameOnMac));

  /** What is there; under the test's catalog the first four may not go to everybody. */
  public static final List<String> FILES =
      List.of(
          "/bases/main.cvd",
          "/bases/daily.cvd",
          "/Products/endpoint-security/Patches/1.patch",
          "/größe/a.bin",
          "/free/a.txt",
          "/free/main.exe",
          "/other/b");

  /** The file that it opens for a raw path; empty when there is none, or none by such a name. */
  public Optional<String> open(String rawPath) {
    String path = reading.apply(rawPath).replaceAll("\0.*", "");
    if (!path.startsWith("/")) {
      return Optional.empty();
    }
    String resolved = resolved(path);
    return FILES.stream().filter(file -> equality.test(file, resolved)).findFirst();
  }

  /** As a file system resolves it: dots, doubled slashes and a slash at the end. */
  private static String resolved(String path) {
    Deque<String> names = new ArrayDeque<>();
    for (String name : path.split("/", -1)) {
      if (name.equals("..")) {
        names.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    return "/" + String.join("/", names);
  }

  private static boolean same(String file, String path) {
    return file.equals(path);
  }

  private static boolean sameOnMac(String file, String path) {
    String visible = path.replaceAll("[\\p{Cf}\ufe00-\ufe0f]", "");
    return Normalizer.normalize(file, Normalizer.Form.NFD)
        .equalsIgnoreCase(Normalizer.normalize(visible, Normalizer.Form.NFD));
  }

  private static String form(String path) {
    try {
      return URLDecoder.decode(path, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return path;
    }
  }

  private static String decode(String path) {
    return form(path.replace("+", "%2B"));
  }

  private static String cutParameters(String path) {
    return Arrays.stream(path.split("/", -1))
        .map(segment -> segment.split(";", -1)[0])
        .collect(Collectors.joining("/"));
  }

  private static String windows(String path) {
    List<String> names = new ArrayList<>();
    for (String name : path.replace('\\', '/').split("/", -1)) {
      String stream = name.replaceAll("(?i):[^:]*:\\$(data|index_allocation)$", "");
      String spaceless = stream.replaceAll(" +$", "");
      names.add(
          spaceless.equals(".") || spaceless.equals("..")
              ? spaceless
              : stream.replaceAll("[. ]+$", ""));
    }
    return String.join("/", names);
  }

  private static String codeUnits(String path) {
    StringBuilder decoded = new StringBuilder();
    int i = 0;
    while (i < path.length()) {
      if (path.startsWith("%u", i) && i + 6 <= path.length()) {
        try {
          decoded.append((char) Integer.parseInt(path.substring(i + 2, i + 6), 16));
          i += 6;
          continue;
        } catch (NumberFormatException e) {
          // Not such an escape: taken as it is, below.
        }
      }
      decoded.append(path.charAt(i++));
    }
    return decoded.toString();
  }

  private static String bestFit(String path) {
    return Normalizer.normalize(path, Normalizer.Form.NFKC)
        .replace('\u2215', '/')
        .replace('\u2044', '/')
        .replace('\u00a5', '\\');
  }
}
