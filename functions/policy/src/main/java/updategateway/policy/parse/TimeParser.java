package updategateway.policy.parse;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import updategateway.policy.model.LegalInstant;

/**
 * A time in the notation of policy files: {@code DATE TIME ZONE-ID} with a zone of the IANA
 * database, or ISO 8601 with an offset. Whatever could be read in two ways is refused, with what to
 * write instead.
 *
 * @param time the instant, and the text
 * @param zone the zone or offset that the text names
 */
public record TimeParser(LegalInstant time, ZoneId zone) {
  private static final int FIRST_YEAR = 1900;
  private static final int LAST_YEAR = 9999;
  private static final Pattern ZONED =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})\\s+(\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?)\\s+(\\S+)");
  private static final Pattern UNZONED =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[\\sT]+(\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?)");
  private static final Pattern ISO =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2})");
  private static final Pattern DAY =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?:\\s+(\\S+)|(Z|[+-]\\d{2}:\\d{2}))?");
  private static final Pattern OFFSET = Pattern.compile("[+-]\\d{2}:?\\d{2}");
  private static final String EXAMPLE =
      "write it like 2024-09-29 00:00 America/New_York or 2024-09-29T00:00:00-04:00";

  /**
   * Reads an instant.
   *
   * @throws TimeParseException when it cannot be read in exactly one way
   */
  public static TimeParser parse(String text) throws TimeParseException {
    Matcher zoned = ZONED.matcher(text);
    if (zoned.matches()) {
      return zoned(text, day(zoned.group(1)), time(zoned.group(1), zoned.group(2)), zoned.group(3));
    }
    if (ISO.matcher(text).matches()) {
      try {
        OffsetDateTime written = OffsetDateTime.parse(text);
        return at(written.toInstant(), text, written.getOffset());
      } catch (DateTimeException e) {
        throw new TimeParseException("no such date, time or offset: " + text, EXAMPLE);
      }
    }
    Matcher unzoned = UNZONED.matcher(text);
    if (unzoned.matches()) {
      throw new TimeParseException(
          "a time without a zone: " + text,
          "name it, such as " + unzoned.group(1) + " " + unzoned.group(2) + " America/New_York");
    }
    if (DAY.matcher(text).matches()) {
      throw new TimeParseException(
          "a day without a time: " + text,
          "name the instant, such as " + text.substring(0, 10) + " 00:00 America/New_York");
    }
    throw new TimeParseException("not a time: " + text, EXAMPLE);
  }

  /**
   * The zone or offset that a time was written in; UTC where its text names none that is known here
   * any more.
   */
  public static ZoneId zoneOf(LegalInstant time) {
    String text = time.written();
    try {
      return parse(text).zone();
    } catch (TimeParseException e) {
      try {
        return ZoneId.of(text.substring(text.lastIndexOf(' ') + 1));
      } catch (DateTimeException unknown) {
        return ZoneOffset.UTC;
      }
    }
  }

  /**
   * Reads an inclusive last day into the first instant behind it.
   *
   * @param text {@code DATE ZONE-ID}, or a date alone
   * @param zoneOtherwise the zone of a date alone
   * @throws TimeParseException when it is not a day
   */
  static LegalInstant endOfDay(String text, ZoneId zoneOtherwise) throws TimeParseException {
    Matcher matcher = DAY.matcher(text);
    if (!matcher.matches()) {
      boolean isTime = ZONED.matcher(text).matches() || ISO.matcher(text).matches();
      throw new TimeParseException(
          isTime ? "a last day has no time of day: " + text : "not a day: " + text,
          isTime
              ? "write the day alone, such as "
                  + text.substring(0, 10)
                  + " America/New_York, or `until:` and the"
                  + " first instant behind it"
              : "write it like 2024-09-30 America/New_York");
    }
    LocalDate day = day(matcher.group(1));
    ZoneId zone =
        matcher.group(3) != null
            ? offset(matcher.group(3))
            : matcher.group(2) != null ? zone(matcher.group(2), text) : zoneOtherwise;
    Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
    return at(end, "through " + day + " " + zone, zone).time();
  }

  private static ZoneOffset offset(String text) throws TimeParseException {
    try {
      return ZoneOffset.of(text);
    } catch (DateTimeException e) {
      throw new TimeParseException("no such offset: " + text, "write -18:00 to +18:00");
    }
  }

  private static TimeParser zoned(String text, LocalDate day, LocalTime time, String zoneId)
      throws TimeParseException {
    ZoneId zone = zone(zoneId, text);
    LocalDateTime local = LocalDateTime.of(day, time);
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (offsets.size() == 1) {
      return at(local.toInstant(offsets.getFirst()), text, zone);
    }
    if (offsets.isEmpty()) {
      ZoneOffsetTransition gap = zone.getRules().getTransition(local);
      throw new TimeParseException(
          "a local time that does not exist: in "
              + zone
              + " clocks go from "
              + gap.getDateTimeBefore().toLocalTime()
              + " to "
              + gap.getDateTimeAfter().toLocalTime()
              + " on "
              + gap.getDateTimeBefore().toLocalDate(),
          "write the instant, such as " + gap.getDateTimeAfter().atOffset(gap.getOffsetAfter()));
    }
    String both =
        offsets.stream()
            .map(offset -> local.atOffset(offset).toString())
            .collect(Collectors.joining(" or "));
    throw new TimeParseException(
        "a local time that exists twice: in " + zone + " clocks go back over it", "write " + both);
  }

  private static LocalDate day(String text) throws TimeParseException {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new TimeParseException("no such day: " + text, "write a day that the calendar has");
    }
  }

  private static LocalTime time(String day, String text) throws TimeParseException {
    if (text.startsWith("24:00")) {
      throw new TimeParseException(
          "24:00 is the next day's 00:00", "write " + day(day).plusDays(1) + " 00:00");
    }
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw new TimeParseException("no such time of day: " + text, "write 00:00 to 23:59");
    }
  }

  private static ZoneId zone(String id, String text) throws TimeParseException {
    if ((id.contains("/") && ZoneRulesProvider.getAvailableZoneIds().contains(id))
        || id.equals("UTC")) {
      return ZoneId.of(id);
    }
    String meant = ZoneAbbreviations.meant(id).orElse(null);
    if (meant != null) {
      throw new TimeParseException(id + " is an abbreviation, not a zone", "write " + meant);
    }
    if (id.equals("Z") || OFFSET.matcher(id).matches()) {
      String iso = text.replaceFirst("\\s+", "T").replaceFirst("\\s+", "");
      throw new TimeParseException(id + " is an offset, not a zone", "write " + iso);
    }
    String remedy =
        Suggestion.to(id, ZoneRulesProvider.getAvailableZoneIds())
            .map(zone -> "write " + zone)
            .orElse("write a zone of the IANA database, such as America/New_York or UTC");
    throw new TimeParseException("no zone has the id " + id, remedy);
  }

  private static TimeParser at(Instant instant, String text, ZoneId zone)
      throws TimeParseException {
    int year = instant.atOffset(ZoneOffset.UTC).getYear();
    if (year < FIRST_YEAR || year > LAST_YEAR) {
      throw new TimeParseException(
          "a year outside " + FIRST_YEAR + " to " + LAST_YEAR + ": " + text,
          "write a year in that range");
    }
    if (!instant.truncatedTo(ChronoUnit.MILLIS).equals(instant)) {
      throw new TimeParseException(
          "finer than a millisecond: " + text, "write three decimals at most");
    }
    return new TimeParser(new LegalInstant(instant, text), zone);
  }
}
