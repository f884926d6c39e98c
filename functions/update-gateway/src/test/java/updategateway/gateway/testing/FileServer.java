package updategateway.gateway.testing;

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
  /** Some of what code page 1252 has: from a character to what stands in its place. */
  private static final String WESTERN =
      "\u0101a\u03b1a\u0113e\u0131i\u066a%\u2236:\u2215/\u2216\\\u2017=\u01c3!";

  /** Some of code page 932. */
  private static final String JAPANESE = "\u00a5\\\u00e0a\u00e9e\u00f0d\u00ad-\u00bf?";

  /** Some of code page 1253. */
  private static final String GREEK = "\u00b4/\u00e4a\u2190<";

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
          new FileServer("mac", FileServer::decode, FileServer::sameOnMac),
          new FileServer(
              "takes a decoded path for a target",
              path -> decode(cutQuery(decode(path))),
              FileServer::same),
          new FileServer(
              "takes a path decoded twice for a target",
              path -> decode(cutQuery(decode(decode(path)))),
              FileServer::same),
          new FileServer(
              "windows that takes a decoded path for a target",
              path -> windows(decode(cutQuery(codeUnits(decode(path))))),
              String::equalsIgnoreCase),
          new FileServer("cuts at a semicolon", path -> cut(decode(path), ";"), FileServer::same),
          new FileServer(
              "cuts the last name's parameters",
              path -> inLast(decode(path), FileServer::cutParameters),
              FileServer::same),
          new FileServer(
              "trims names", path -> eachName(decode(path), String::strip), FileServer::same),
          new FileServer(
              "trims names of a form",
              path -> eachName(form(path), String::strip),
              FileServer::same),
          new FileServer("trims the path", path -> decode(path).strip(), FileServer::same),
          new FileServer(
              "trims, then decodes again",
              path -> decode(eachName(decode(path), String::strip)),
              FileServer::same),
          new FileServer(
              "decodes again, then trims and cuts parameters",
              path -> cutParameters(eachName(form(decode(path)), String::strip)),
              FileServer::same),
          new FileServer(
              "cuts parameters, then trims",
              path -> eachName(cutParameters(decode(path)), String::strip),
              String::equalsIgnoreCase),
          new FileServer(
              "drops a dot, then spaces",
              path -> eachName(decode(path), FileServer::withoutDotThenSpaces),
              String::equalsIgnoreCase),
          new FileServer(
              "drops spaces, then a dot",
              path -> eachName(decode(path), name -> withoutDot(name.replaceAll(" +$", ""))),
              String::equalsIgnoreCase),
          new FileServer(
              "drops dots and spaces at the end of the path",
              path -> decode(path).replaceAll("[. ]+$", ""),
              FileServer::same),
          new FileServer(
              "resolves, then decodes again",
              path -> decode(resolved(decode(path))),
              FileServer::same),
          new FileServer(
              "composes characters",
              path -> Normalizer.normalize(decode(path), Normalizer.Form.NFKC),
              String::equalsIgnoreCase),
          new FileServer(
              "composes characters, then decodes",
              path -> decode(Normalizer.normalize(decode(path), Normalizer.Form.NFKC)),
              FileServer::same),
          new FileServer(
              "composes characters, then takes the path for a target",
              path -> decode(cutQuery(Normalizer.normalize(decode(path), Normalizer.Form.NFKC))),
              FileServer::same),
          new FileServer(
              "code page 1252",
              path -> windows(inCodePage(decode(path), WESTERN)),
              String::equalsIgnoreCase),
          new FileServer(
              "code page 1252, then decodes",
              path -> decode(inCodePage(decode(path), WESTERN)),
              FileServer::same),
          new FileServer(
              "code page 932",
              path -> windows(inCodePage(decode(path), JAPANESE)),
              String::equalsIgnoreCase),
          new FileServer(
              "code page 1253",
              path -> windows(inCodePage(decode(path), GREEK)),
              String::equalsIgnoreCase));

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

  private static String cutQuery(String target) {
    return cut(cut(target, "#"), "?");
  }

  private static String cut(String path, String at) {
    int index = path.indexOf(at);
    return index < 0 ? path : path.substring(0, index);
  }

  private static String eachName(String path, UnaryOperator<String> change) {
    return Arrays.stream(path.split("/", -1)).map(change).collect(Collectors.joining("/"));
  }

  private static String inLast(String path, UnaryOperator<String> change) {
    int last = path.lastIndexOf('/') + 1;
    return path.substring(0, last) + change.apply(path.substring(last));
  }

  private static String withoutDotThenSpaces(String name) {
    return name.equals("..") ? name : withoutDot(name).replaceAll(" +$", "");
  }

  private static String withoutDot(String name) {
    return name.endsWith(".") && !name.equals("..") ? name.substring(0, name.length() - 1) : name;
  }

  private static String inCodePage(String path, String table) {
    String inPage = path;
    for (int i = 0; i < table.length(); i += 2) {
      inPage = inPage.replace(table.charAt(i), table.charAt(i + 1));
    }
    return inPage;
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
