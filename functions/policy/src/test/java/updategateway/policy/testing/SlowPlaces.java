package updategateway.policy.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import updategateway.place.Place;

/**
 * Which place is part of which, read from the table of subdivisions line by line: slow, and none of
 * the logic that the gateway has.
 */
public final class SlowPlaces {
  /** By code, the larger place; for another code of a place, the code that it is the same as. */
  private static final Map<String, String> PARENTS = new HashMap<>();

  private static final Map<String, String> SAME = new HashMap<>();

  /** Those asked for. */
  private static final Map<String, List<Place>> PARTS = new ConcurrentHashMap<>();

  static {
    for (String line : lines()) {
      String[] fields = line.split("\t", -1);
      switch (fields[1]) {
        case "has" -> {
          for (String part : fields[2].split(" ", -1)) {
            PARENTS.put(fields[0].substring(0, 2) + "-" + part, fields[0]);
          }
        }
        case "within" -> PARENTS.put(fields[0], fields[2]);
        case "is" -> SAME.put(fields[0], fields[2]);
        default -> {}
      }
    }
  }

  private SlowPlaces() {}

  private static List<String> lines() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    Place.class.getResourceAsStream("subdivisions.tsv"), "the table"),
                StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns every code with a line of its own or in another's. */
  public static Set<String> codes() {
    Set<String> all = new TreeSet<>(PARENTS.keySet());
    all.addAll(SAME.keySet());
    return all;
  }

  /** Returns every code that is another one for a place, with the place's own. */
  public static Map<String, String> sameCodes() {
    return Map.copyOf(SAME);
  }

  /** Returns the code of a place, that of the larger one, and so on up to the country. */
  public static List<String> upwards(String code) {
    List<String> all = new ArrayList<>();
    String at = SAME.getOrDefault(code, code);
    all.add(at);
    while (at.length() > 2) {
      at = PARENTS.getOrDefault(at, at.substring(0, 2));
      at = SAME.getOrDefault(at, at);
      all.add(at);
    }
    return all;
  }

  /** Returns true for a country and for every subdivision in the table. */
  static boolean exists(Place place) {
    return place.code().length() == 2
        || PARENTS.containsKey(place.code())
        || SAME.containsKey(place.code());
  }

  /** Returns the parts of a place that are in no smaller part of it. */
  public static List<Place> partsOf(Place place) {
    return PARTS.computeIfAbsent(
        SAME.getOrDefault(place.code(), place.code()),
        whole ->
            PARENTS.entrySet().stream()
                .filter(
                    entry -> SAME.getOrDefault(entry.getValue(), entry.getValue()).equals(whole))
                .filter(entry -> !SAME.containsKey(entry.getKey()))
                .map(entry -> Place.parse(entry.getKey()))
                .toList());
  }

  static boolean covers(Place one, Place other) {
    return upwards(other.code()).contains(upwards(one.code()).getFirst());
  }

  static boolean isPartOf(Place part, Place whole) {
    return covers(whole, part) && !covers(part, whole);
  }
}
