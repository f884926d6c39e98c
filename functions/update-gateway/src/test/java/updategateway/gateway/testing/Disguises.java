package updategateway.gateway.testing;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.parse.PolicyFiles;
import updategateway.policy.set.PolicySet;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.policy.source.YamlReader;

/** Paths of files, written so that somebody might read them in another way. */
public final class Disguises {
  private static final String[] DOTS = {
    "..",
    "..;",
    ".. ",
    "．．",
    "‥",
    ".\u200b.",
    "x/..",
    "%20..",
    "+..",
    "..%20.",
    "...",
    ". .",
    ".+.",
    ".\u180b.",
    "..%3F",
    "..%23x",
    "%2520..",
    "..%2520.",
    "\u00a0..",
    "..\u2003",
    "。。",
    "x%3F/..",
    "%25u0020..",
    "..%252b",
    "+",
    "%20",
    "\u200b",
    ".%2b",
    "％2e.",
    "..٪20",
    "..¿",
    "x ./.."
  };
  private static final String[] CUTS = {
    "?",
    "#",
    "%3F",
    "%23",
    "%253F",
    "%2523",
    "%25253f",
    "%25u003f",
    "%25u0023",
    "？",
    "＃",
    "⁇",
    "¿",
    "%25ef%25bc%259f",
    "٪3f",
    "％23",
    ";%3F",
    "%20%3F",
    ".%3F",
    "%3F;",
    "+%23",
    "/%3F",
    "%3F/",
    ".%20.",
    " .",
    "%20%20",
    ";",
    ";x%20",
    "\u2236:$DATA",
    "%25253b"
  };

  private Disguises() {}

  /** A path that begins as that of a file and is then written in some other way. */
  public static String disguised(SplittableRandom random) {
    String path = FileServer.FILES.get(random.nextInt(FileServer.FILES.size()));
    if (random.nextInt(3) == 0) {
      path = "/free/" + pick(random, DOTS) + path;
    }
    if (random.nextInt(3) == 0) {
      path += pick(random, CUTS) + pick(random, "", ".txt", "x", "/.txt");
    }
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      path = disguise(path, random);
    }
    return path;
  }

  private static String disguise(String path, SplittableRandom random) {
    int at = random.nextInt(1, path.length());
    int end = path.indexOf('/', at);
    int nameEnd = end < 0 ? path.length() : end;
    char c = path.charAt(at);
    String before = path.substring(0, at);
    String after = path.substring(at + 1);
    return switch (random.nextInt(15)) {
      case 0 -> before + Character.toUpperCase(c) + after;
      case 1 -> before + Character.toLowerCase(c) + after;
      case 2 -> before + escaped(c, random.nextInt(1, 4)) + after;
      case 3 -> before + String.format(Locale.ROOT, "%%25u%04x", (int) c) + after;
      case 4 -> insert(path, nameEnd, pick(random, ";", ";x", ";x=y", "%3b", "%253bx", "；"));
      case 5 -> insert(path, nameEnd, pick(random, ".", "..", " ", "%20", "+", ". ", "\u00a0"));
      case 6 ->
          insert(path, nameEnd, pick(random, "::$DATA", "::$data", ":$I30:$INDEX_ALLOCATION"));
      case 7 -> before + (c > ' ' && c < 0x7f && c != '/' ? (char) (c + 0xfee0) : c) + after;
      case 8 ->
          before + (c == '/' ? pick(random, "／", "∕", "⁄", "＼", "¥", "\\", "%2f") : c) + after;
      case 9 -> insert(path, at, pick(random, "\u200b", "\u00ad", "\ufe0f", "\u202e"));
      case 10 -> path + pick(random, "/", "%25u0000.txt", ";.txt", "#", "?");
      case 11 -> insert(path, at, pick(random, " ", "%20", "+", "\u2003", "%2520"));
      case 12 -> before + lookalike(c) + after;
      case 13 -> insert(path, nameEnd, pick(random, CUTS));
      default -> Normalizer.normalize(path, Normalizer.Form.NFD);
    };
  }

  private static String lookalike(char c) {
    return switch (c) {
      case 'a' -> "\u0101";
      case 'e' -> "\u0113";
      case 'i' -> "\u0131";
      case 'd' -> "\u00f0";
      case '/' -> "\u00b4";
      case '-' -> "\u00ad";
      default -> "٪" + Integer.toHexString(c);
    };
  }

  private static String escaped(char c, int times) {
    String escaped = String.valueOf(c);
    for (int i = 0; i < times; i++) {
      escaped = i == 0 ? octets(escaped) : escaped.replace("%", "%25");
    }
    return escaped;
  }

  private static String insert(String path, int at, String text) {
    return path.substring(0, at) + text + path.substring(at);
  }

  private static String pick(SplittableRandom random, String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  private static String octets(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      escaped.append(String.format(Locale.ROOT, "%%%02x", b));
    }
    return escaped.toString();
  }

  /** A catalog that lets everything through but a little, some of it in upper case. */
  public static Evaluator policy() {
    return policy(
        """
        routes:
          - path: /bases/**
            product: endpoint-security
            activity: signature-update
          - path: /Products/{product}/Patches/**
            activity: patch-update
          - path: /größe/**
            product: endpoint-security
            activity: patch-update
          - path: /free/*.exe
            product: endpoint-security
            activity: patch-update
          - path: /**
            product: anything-else
            activity: informational
        """);
  }

  /**
   * A policy that refuses updates in the US from that instant on. The catalog is read as one that
   * is stored, in which two routes may differ only in case.
   */
  public static Evaluator policy(String catalog) {
    try {
      Catalog routes =
          PolicyFiles.readCanonical(YamlReader.read("catalog.yaml", catalog), List.of()).catalog();
      PolicySet set =
          PolicyFiles.read(
              List.of(
                  new PolicyFile(
                      "catalog.yaml", "routes: [{path: /**, product: x, activity: unclassified}]"),
                  new PolicyFile(
                      "policy.yaml",
                      """
                      id: cut-off
                      title: A cut-off
                      authority: Somebody
                      citation: Somewhere
                      scope: {locations: [US], subjects: [located]}
                      products: ["*"]
                      phases:
                        - id: updates
                          from: 2024-09-29 00:00 America/New_York
                          refuses: [signature-update, patch-update, unclassified]
                      undetermined: refuse
                      """)));
      return Evaluator.of(PolicySet.of(routes, set.policies(), List.of()));
    } catch (InvalidPolicyException e) {
      throw new IllegalStateException(e);
    }
  }
}
