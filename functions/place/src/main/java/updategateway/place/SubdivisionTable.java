package updategateway.place;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The resource {@code subdivisions.tsv}, whose head says what its lines mean. Of its lines only
 * those of the countries asked for are parsed.
 */
final class SubdivisionTable {
  private static final String TEXT = SubdivisionText.LINES;
  private static final Map<String, Country> COUNTRIES = new ConcurrentHashMap<>();

  private SubdivisionTable() {}

  /**
   * The subdivisions of a country by the part of their code after the hyphen.
   *
   * @param whole the country itself
   * @param current those that ISO 3166-2 has, other codes of a place included
   * @param former the places whose code was replaced, by the former code
   */
  record Country(Place whole, Map<String, Place> current, Map<String, Place> former) {}

  /** Returns the subdivisions of a country that exists. */
  static Country of(String code) {
    Country known = COUNTRIES.get(code);
    if (known != null) {
      return known;
    }
    // Not computeIfAbsent: the lines of one country may name places of another.
    Country read = read(code);
    Country earlier = COUNTRIES.putIfAbsent(code, read);
    return earlier == null ? read : earlier;
  }

  /** Returns the places with a code of another country that are part of a place. */
  static Stream<Place> within(String code) {
    return TEXT.lines()
        .filter(line -> line.endsWith("\twithin\t" + code))
        .map(line -> Place.parse(line.substring(0, line.indexOf('\t'))));
  }

  private static Country read(String country) {
    Place whole = Place.country(country);
    Map<String, String> parents = new HashMap<>();
    List<String[]> others = new ArrayList<>();
    for (String line : lines(country)) {
      String[] fields = line.split("\t", -1);
      if (fields[1].equals("has")) {
        for (String part : fields[2].split(" ", -1)) {
          parents.put(country + "-" + part, fields[0]);
        }
      } else if (fields[0].equals(country)) {
        whole = elsewhere(fields[2]);
      } else {
        others.add(fields);
      }
    }
    Country read = new Country(whole, new HashMap<>(), new HashMap<>());
    for (String code : parents.keySet()) {
      addPart(code, parents, read);
    }
    for (String[] fields : others) {
      String part = fields[0].substring(3);
      Place other =
          fields[2].startsWith(country) ? existing(fields[2], read) : elsewhere(fields[2]);
      switch (fields[1]) {
        case "is" -> read.current.put(part, Place.alias(fields[0], other));
        case "within" -> read.current.put(part, Place.part(fields[0], other));
        case "was" -> read.former.put(part, other);
        default -> throw new IllegalStateException("not a relation: " + fields[1]);
      }
    }
    return read;
  }

  /** Adds a part of the country, after the larger one that it is in, and returns it. */
  private static Place addPart(String code, Map<String, String> parents, Country to) {
    String parent = parents.get(code);
    if (parent == null) {
      return existing(code, to);
    }
    Place known = to.current.get(code.substring(3));
    if (known == null) {
      known = Place.part(code, addPart(parent, parents, to));
      to.current.put(code.substring(3), known);
    }
    return known;
  }

  private static Place elsewhere(String code) {
    return existing(code, of(code.substring(0, 2)));
  }

  private static Place existing(String code, Country in) {
    Place found = code.length() == 2 ? in.whole : in.current.get(code.substring(3));
    if (found == null) {
      throw new IllegalStateException("the table has no " + code);
    }
    return found;
  }

  /** Returns the lines of a country, found by binary search. */
  private static List<String> lines(String country) {
    int low = 0;
    int high = TEXT.length();
    while (low < high) {
      int middle = (low + high) >>> 1;
      int start = TEXT.lastIndexOf('\n', middle - 1) + 1;
      if (TEXT.substring(start, start + 2).compareTo(country) < 0) {
        low = TEXT.indexOf('\n', middle) + 1;
      } else {
        high = start;
      }
    }
    List<String> lines = new ArrayList<>();
    while (TEXT.startsWith(country, low)) {
      int end = TEXT.indexOf('\n', low);
      lines.add(TEXT.substring(low, end));
      low = end + 1;
    }
    return lines;
  }
}
