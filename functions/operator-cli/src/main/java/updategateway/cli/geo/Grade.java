package updategateway.cli.geo;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import updategateway.place.IpAddress;
import updategateway.place.Place;
import updategateway.place.SpecialPurposeBlocks;

/**
 * How one table's answers compare with another's, on one kind of address, where it matters: whether
 * a place is covered. What neither of them knows says nothing about either.
 */
final class Grade {
  /** What a table says of an address. */
  enum Answer {
    COVERED("covered"),
    NOT_COVERED("not covered"),
    UNKNOWN("unknown");

    private final String words;

    Answer(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  private final Collection<Place> covered;
  private final Map<Answer, Map<Answer, Long>> counts = new EnumMap<>(Answer.class);

  Grade(Collection<Place> covered) {
    this.covered = List.copyOf(covered);
  }

  /** Asks both about so many addresses. */
  Grade ask(PlaceTable graded, PlaceTable against, Supplier<IpAddress> addresses, long samples) {
    for (long i = 0; i < samples; i++) {
      IpAddress address = addresses.get();
      counts
          .computeIfAbsent(answer(graded, address), _ -> new EnumMap<>(Answer.class))
          .merge(answer(against, address), 1L, Long::sum);
    }
    return this;
  }

  private Answer answer(PlaceTable table, IpAddress address) {
    List<Place> places = table.places(address);
    if (places.isEmpty()) {
      return Answer.UNKNOWN;
    }
    return places.stream().anyMatch(place -> covered.stream().anyMatch(c -> c.covers(place)))
        ? Answer.COVERED
        : Answer.NOT_COVERED;
  }

  /** Addresses of IPv4 that can be routed, each as likely as the others. */
  static Supplier<IpAddress> ipv4(SplittableRandom random) {
    return () -> {
      while (true) {
        IpAddress address = IpAddress.ipv4(random.nextLong(1L << 32));
        if (SpecialPurposeBlocks.containing(address).isEmpty()) {
          return address;
        }
      }
    };
  }

  /** The first addresses of networks of 48 bits, each as likely as the others. */
  static Supplier<IpAddress> ipv6(Prefixes prefixes, SplittableRandom random) {
    return () -> {
      while (true) {
        IpAddress address = prefixes.draw(random);
        if (SpecialPurposeBlocks.containing(address.embeddedIpv4OrSelf()).isEmpty()) {
          return address;
        }
      }
    };
  }

  long count(Answer graded, Answer against) {
    return counts.getOrDefault(graded, Map.of()).getOrDefault(against, 0L);
  }

  /** Of how many addresses both say something. */
  long both() {
    return agreeing()
        + count(Answer.COVERED, Answer.NOT_COVERED)
        + count(Answer.NOT_COVERED, Answer.COVERED);
  }

  /** Of how many they say the same. */
  long agreeing() {
    return count(Answer.COVERED, Answer.COVERED) + count(Answer.NOT_COVERED, Answer.NOT_COVERED);
  }

  /**
   * The share on which they agree, of those on which both say something; NaN when there is none.
   */
  double agreement() {
    return (double) agreeing() / both();
  }
}
