package updategateway.cli.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.LegalInstant;
import updategateway.policy.parse.TimeParser;
import updategateway.policy.set.PolicySet;

/**
 * Instants in UTC, and in the zones in which the policies and corrections of some sets write them.
 */
public final class InstantText {
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu, HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter LOCAL_EXACT =
      DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu, HH:mm:ss.SSS", Locale.ENGLISH);

  private final Map<Instant, NavigableSet<ZoneId>> zones = new TreeMap<>();

  /** The zones of these sets; null for none. */
  public InstantText(@Nullable PolicySet... sets) {
    for (PolicySet set : sets) {
      if (set != null) {
        Stream.concat(
                set.policies().stream()
                    .flatMap(policy ->
                        Stream.concat(
                            policy.phases().stream().map(phase -> phase.span()),
                            policy.permits().stream().map(permit -> permit.span()))),
                set.corrections().stream().map(correction -> correction.span()))
            .flatMap(span -> Stream.of(span.from(), span.until()))
            .filter(Objects::nonNull)
            .forEach(this::add);
      }
    }
  }

  private void add(LegalInstant time) {
    zones
        .computeIfAbsent(time.instant(), _ -> new TreeSet<>(Comparator.comparing(ZoneId::getId)))
        .add(TimeParser.zoneOf(time));
  }

  /** The instants that the sets name, ascending. */
  public Collection<Instant> instants() {
    return List.copyOf(zones.keySet());
  }

  /** In UTC, to the second where that is exact. */
  public String utc(Instant instant) {
    return instant.toString();
  }

  /** In each zone in which the files give it; none for an instant that none of them names. */
  public List<String> local(Instant instant) {
    return zones.getOrDefault(instant, new TreeSet<>()).stream()
        .map(zone -> local(instant, zone))
        .toList();
  }

  /** {@code Sunday, 29 September 2024, 00:00 in America/New_York (UTC-04:00)}. */
  public static String local(Instant instant, ZoneId zone) {
    ZonedDateTime local = instant.atZone(zone);
    boolean exact = local.getSecond() != 0 || local.getNano() != 0;
    String text = local.format(exact ? LOCAL_EXACT : LOCAL);
    if (zone.equals(ZoneOffset.UTC)) {
      return text + " UTC";
    }
    String offset = local.getOffset().equals(ZoneOffset.UTC) ? "" : local.getOffset().getId();
    return zone instanceof ZoneOffset
        ? text + " at UTC" + offset
        : text + " in " + zone.getId() + (zone.getId().equals("UTC") ? "" : " (UTC" + offset + ")");
  }

  /** In UTC, and behind it in brackets the local time as the files give it. */
  public String both(Instant instant) {
    List<String> local = local(instant);
    return local.isEmpty() ? utc(instant) : utc(instant) + " (" + ListText.and(local) + ")";
  }
}
