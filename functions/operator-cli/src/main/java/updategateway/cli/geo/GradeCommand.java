package updategateway.cli.geo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import updategateway.cli.geo.Grade.Answer;
import updategateway.commandline.Project;
import updategateway.commandline.UsageException;
import updategateway.commandline.files.PolicyFolder;
import updategateway.place.Place;

/** {@code scripts/geo grade}. */
@Command(
    name = "grade",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    description =
        "Compares a database with another table over random addresses: on how many they agree whether a place is covered.%n",
    footer = {
      "",
      "Of IPv4, addresses are drawn from all that can be routed; of IPv6, networks of 48 bits from",
      "those that the database has. The other table is a .mmdb file, or the Tor Project's geoip and",
      "geoip6 (Debian: tor-geoipdb). What one of the two does not know says nothing about the other.",
      "",
      "    scripts/geo grade --against /usr/share/tor/geoip --against /usr/share/tor/geoip6"
    })
final class GradeCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();

  @Option(
      names = "--database",
      paramLabel = "FILE",
      description = "the database to grade (default: GEO_DATABASE, or the one that was fetched)")
  private @Nullable Path file;

  @Option(
      names = "--against",
      paramLabel = "FILE",
      required = true,
      description = "the table to compare it with; said twice for one that has two files")
  private List<Path> against = new ArrayList<>();

  @Option(
      names = "--covered",
      paramLabel = "CC,…",
      split = ",",
      description = "the places that count as covered (default: those of the policies)")
  private List<String> covered = new ArrayList<>();

  @Option(
      names = "--policies",
      paramLabel = "DIR",
      description = "the policies and their catalog (default: functions/policies)")
  private @Nullable Path policies;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "200000",
      description = "how many addresses of each kind (default: ${DEFAULT-VALUE})")
  private long samples;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "another number draws other addresses (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--json", description = "print a JSON document")
  private boolean json;

  @Override
  public Integer call() throws UsageException {
    if (samples < 1 || samples > 1_000_000_000) {
      throw new UsageException("--samples is " + samples + ": it is from 1 to 1000000000.");
    }
    PlaceTable graded = new DatabaseTable(Databases.open(file));
    PlaceTable other = other();
    List<Place> places = covered();
    ObjectNode document = JSON.createObjectNode();
    document.put("database", graded.name()).put("against", other.name());
    document.put("samples", samples).put("seed", seed);
    places.forEach(place -> document.withArray("covered").add(place.code()));
    if (!json) {
      System.out.println(graded.name() + " against " + other.name());
      System.out.println(
          "covered: " + String.join(", ", places.stream().map(Place::code).toList()));
    }
    SplittableRandom random = new SplittableRandom(seed);
    Prefixes prefixes = graded.prefixes();
    Grade ipv4 = new Grade(places).ask(graded, other, Grade.ipv4(random.split()), samples);
    report("IPv4", "ipv4", ipv4, document);
    if (!prefixes.isEmpty()) {
      Grade ipv6 =
          new Grade(places).ask(graded, other, Grade.ipv6(prefixes, random.split()), samples);
      report("IPv6, by networks of 48 bits", "ipv6", ipv6, document);
    }
    if (json) {
      System.out.println(document.toPrettyString());
    }
    return 0;
  }

  private PlaceTable other() throws UsageException {
    boolean database = against.stream().anyMatch(path -> path.toString().endsWith(".mmdb"));
    if (database && against.size() > 1) {
      throw new UsageException("--against: a database stands alone.");
    }
    return database ? new DatabaseTable(Databases.open(against.getFirst())) : new TorTable(against);
  }

  private List<Place> covered() throws UsageException {
    List<Place> places = new ArrayList<>();
    if (covered.isEmpty()) {
      new PolicyFolder(policies == null ? Project.policies() : policies)
          .read()
          .policies()
          .forEach(policy -> places.addAll(policy.scope().locations()));
    }
    for (String code : covered) {
      try {
        places.add(Place.parse(code.strip()));
      } catch (IllegalArgumentException e) {
        throw new UsageException(
            "--covered: " + code + " is no place: write codes like US,PR,UA-43.");
      }
    }
    return places.stream().distinct().sorted().toList();
  }

  private void report(String title, String member, Grade grade, ObjectNode document) {
    if (grade.both() == 0) {
      if (!json) {
        System.out.println("\n" + title + ": there is no address of which both say anything");
      }
      return;
    }
    if (json) {
      ObjectNode one = document.putObject(member);
      one.put("agreement", grade.agreement()).put("bothKnow", grade.both());
      for (Answer row : Answer.values()) {
        ObjectNode counts = one.withObject("/confusion").putObject(row.words());
        for (Answer column : Answer.values()) {
          counts.put(column.words(), grade.count(row, column));
        }
      }
      return;
    }
    System.out.println();
    System.out.println(
        String.format(
            Locale.ROOT,
            "%s: agree on %.1f %% of the %,d of %,d of which both say something",
            title,
            100 * grade.agreement(),
            grade.both(),
            samples));
    String row = "  %-24s %14s %14s %14s";
    System.out.println(
        String.format(
            Locale.ROOT, row, "database \\ the other", "covered", "not covered", "unknown"));
    for (Answer answer : Answer.values()) {
      System.out.println(
          String.format(
              Locale.ROOT,
              row,
              answer.words(),
              count(grade, answer, Answer.COVERED),
              count(grade, answer, Answer.NOT_COVERED),
              count(grade, answer, Answer.UNKNOWN)));
    }
  }

  private static String count(Grade grade, Answer row, Answer column) {
    return String.format(Locale.ROOT, "%,d", grade.count(row, column));
  }
}
