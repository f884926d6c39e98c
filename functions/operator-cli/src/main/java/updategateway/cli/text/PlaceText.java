package updategateway.cli.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import updategateway.place.Countries;
import updategateway.place.Place;
import updategateway.policy.diff.ClientGroup;

/** Places and kinds of clients, by name and code. */
public final class PlaceText {
  private static final Set<String> WITH_ARTICLE =
      Set.of("AE", "BS", "CF", "DO", "GB", "GM", "KM", "MH", "MV", "NL", "PH", "SB", "SC", "US");

  private PlaceText() {}

  /** {@code the United States (US)}, {@code Puerto Rico (US-PR)}, {@code UA-43 in Ukraine}. */
  public static String name(Place place) {
    String country = country(place.country());
    if (!place.isSubdivision()) {
      return country + " (" + place + ")";
    }
    String part = place.subdivision().orElseThrow();
    return place.country().equals("US")
            && Countries.contain(part)
            && Place.parse(part).equals(place)
        ? country(part) + " (" + place + ")"
        : place + " in " + country;
  }

  private static String country(String code) {
    String name = Locale.of("", code).getDisplayCountry(Locale.ENGLISH);
    return WITH_ARTICLE.contains(code) ? "the " + name : name;
  }

  /** Several, each by name and code. */
  public static String names(Collection<Place> places) {
    return ListText.and(places.stream().map(PlaceText::name).toList());
  }

  /** Who some kinds of clients are, a part of a sentence a way of knowing them. */
  public static List<String> of(Collection<ClientGroup> clients) {
    List<String> all = new ArrayList<>();
    List<String> located = located(clients);
    if (!located.isEmpty()) {
      all.add("clients located in " + ListText.and(located));
    }
    List<ClientGroup.Registered> registered =
        clients.stream()
            .filter(ClientGroup.Registered.class::isInstance)
            .map(ClientGroup.Registered.class::cast)
            .toList();
    if (!registered.isEmpty()) {
      all.add(
          "clients whose account is registered in "
              + ListText.and(
                  whole(registered.stream().map(ClientGroup.Registered::place).toList())));
    }
    if (clients.stream().anyMatch(ClientGroup.LocatedNowhereKnown.class::isInstance)) {
      all.add("clients of whom nobody knows where they are");
    }
    if (clients.stream().anyMatch(ClientGroup.RegisteredNowhereKnown.class::isInstance)) {
      all.add("clients whose account cannot be looked up");
    }
    return all;
  }

  private static List<String> located(Collection<ClientGroup> clients) {
    TreeMap<Place, List<ClientGroup>> byCountry = new TreeMap<>();
    boolean elsewhere = false;
    for (ClientGroup client : clients) {
      switch (client) {
        case ClientGroup.Located in ->
            byCountry
                .computeIfAbsent(around(in.place(), clients), _ -> new ArrayList<>())
                .add(client);
        case ClientGroup.LocatedSomewhereIn in ->
            byCountry.computeIfAbsent(in.country(), _ -> new ArrayList<>()).add(client);
        case ClientGroup.LocatedInAnotherPart in ->
            byCountry.computeIfAbsent(in.country(), _ -> new ArrayList<>()).add(client);
        case ClientGroup.LocatedElsewhere _ -> elsewhere = true;
        case ClientGroup.LocatedNowhereKnown _,
            ClientGroup.Registered _,
            ClientGroup.RegisteredNowhereKnown _ -> {}
      }
    }
    List<String> all = new ArrayList<>();
    byCountry.values().forEach(parts -> all.addAll(inCountry(parts)));
    if (elsewhere) {
      all.add("any place that no policy names");
    }
    return all;
  }

  /**
   * Returns the smallest place around a part of it that some of the clients are in, or its country.
   */
  private static Place around(Place part, Collection<ClientGroup> clients) {
    Place smallest = part.largest();
    for (ClientGroup client : clients) {
      Place place =
          switch (client) {
            case ClientGroup.LocatedSomewhereIn in -> in.country();
            case ClientGroup.LocatedInAnotherPart in -> in.country();
            default -> smallest;
          };
      if (part.isPartOf(place) && place.isPartOf(smallest)) {
        smallest = place;
      }
    }
    return smallest;
  }

  /** Clients of one country, or of one part of it that has parts of its own. */
  private static List<String> inCountry(List<ClientGroup> clients) {
    NavigableSet<Place> places = new TreeSet<>();
    ClientGroup.LocatedInAnotherPart another = null;
    ClientGroup.LocatedSomewhereIn somewhere = null;
    for (ClientGroup client : clients) {
      switch (client) {
        case ClientGroup.Located in -> places.add(in.place());
        case ClientGroup.LocatedInAnotherPart in -> another = in;
        case ClientGroup.LocatedSomewhereIn in -> somewhere = in;
        default -> throw new IllegalArgumentException("not of a country: " + client);
      }
    }
    List<String> all = new ArrayList<>();
    if (another != null) {
      String country = name(another.country());
      List<Place> left = another.named().stream().filter(part -> !places.contains(part)).toList();
      String part =
          left.isEmpty()
              ? country + including(another.named())
              : country + " outside " + names(left);
      all.add(somewhere != null ? part : part + ", as far as the part is known");
      places.removeAll(another.named());
    } else if (somewhere != null) {
      all.add(name(somewhere.country()) + " where nobody knows in which part");
    }
    places.forEach(place -> all.add(name(place)));
    return all;
  }

  /** Places, and parts behind the whole that covers them. */
  public static List<String> whole(Collection<Place> places) {
    NavigableSet<Place> ordered = new TreeSet<>(places);
    List<String> all = new ArrayList<>();
    for (Place place : ordered) {
      List<Place> parts = ordered.stream().filter(part -> part.isPartOf(place)).toList();
      if (ordered.stream().noneMatch(place::isPartOf)) {
        all.add(name(place) + (parts.isEmpty() ? "" : including(parts)));
      }
    }
    return all;
  }

  private static String including(Collection<Place> parts) {
    return " with " + parts.stream().map(PlaceText::name).collect(Collectors.joining(", "));
  }
}
