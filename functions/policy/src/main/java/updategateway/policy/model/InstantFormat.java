package updategateway.policy.model;

import java.time.Instant;

/**
 * Instants in UTC as texts ({@code 2024-09-29T04:00:00.5Z}, RFC 3339), the same as {@link
 * Instant#toString} and {@link Instant#parse} have them. Those get all of the JDK's formats of
 * dates ready, with names of months and eras: milliseconds of each start, for twenty characters.
 */
public final class InstantFormat {
  private static final String FORM = "0000-00-00T00:00:00";
  private static final int LONGEST_FRACTION = 9;
  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;
  private static final int DAY = 24 * HOUR;
  private static final int DAYS_PER_ERA = 146_097;

  /** From 0000-03-01 to 1970-01-01. */
  private static final int DAYS_TO_EPOCH = 719_468;

  /** 0000-01-01T00:00:00Z and 9999-12-31T23:59:59Z: years of four digits. */
  private static final long FIRST_SECOND = -62_167_219_200L;

  private static final long LAST_SECOND = 253_402_300_799L;

  private InstantFormat() {}

  /** As {@link Instant#toString} writes it. */
  public static String format(Instant instant) {
    long second = instant.getEpochSecond();
    if (second < FIRST_SECOND || second > LAST_SECOND) {
      return instant.toString();
    }
    long fromMarch = Math.floorDiv(second, DAY) + DAYS_TO_EPOCH;
    int era = Math.toIntExact(Math.floorDiv(fromMarch, DAYS_PER_ERA));
    int day = Math.toIntExact(fromMarch - (long) era * DAYS_PER_ERA);
    int year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    int dayOfYear = day - daysBefore(year);
    int march = (5 * dayOfYear + 2) / 153;
    int month = march < 10 ? march + 3 : march - 9;
    int time = Math.floorMod(second, DAY);
    char[] text = FORM.toCharArray();
    put(text, 0, 4, year + 400 * era + (month <= 2 ? 1 : 0));
    put(text, 5, 2, month);
    put(text, 8, 2, dayOfYear - daysBeforeMonth(march) + 1);
    put(text, 11, 2, time / HOUR);
    put(text, 14, 2, time % HOUR / MINUTE);
    put(text, 17, 2, time % MINUTE);
    return new String(text) + fraction(instant.getNano()) + "Z";
  }

  /** Of three, six or nine digits, as many as it takes. */
  private static String fraction(int nano) {
    if (nano == 0) {
      return "";
    }
    char[] text = ".000000000".toCharArray();
    put(text, 1, LONGEST_FRACTION, nano);
    int length = nano % 1_000_000 == 0 ? 4 : nano % 1_000 == 0 ? 7 : 10;
    return new String(text, 0, length);
  }

  private static void put(char[] text, int at, int digits, int number) {
    int rest = number;
    for (int i = at + digits - 1; i >= at; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /**
   * As {@link Instant#parse} reads it.
   *
   * @throws java.time.format.DateTimeParseException when it is no such text
   */
  public static Instant parse(String text) {
    if (!hasForm(text)) {
      return Instant.parse(text);
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 2);
    int day = number(text, 8, 2);
    int hour = number(text, 11, 2);
    int minute = number(text, 14, 2);
    int second = number(text, 17, 2);
    boolean isDate = month >= 1 && month <= 12 && day >= 1 && day <= days(year, month);
    if (!isDate || hour > 23 || minute > 59 || second > 59) {
      // Seconds that leap and the end of a day as 24:00 are among it.
      return Instant.parse(text);
    }
    long date = epochDay(year, month, day);
    int time = hour * HOUR + minute * MINUTE + second;
    return Instant.ofEpochSecond(date * DAY + time, nano(text));
  }

  private static int days(int year, int month) {
    if (month == 2) {
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  private static long epochDay(int year, int month, int day) {
    int fromMarch = month > 2 ? year : year - 1;
    int era = Math.floorDiv(fromMarch, 400);
    int dayOfYear = daysBeforeMonth(month > 2 ? month - 3 : month + 9) + day - 1;
    return (long) era * DAYS_PER_ERA
        + daysBefore(fromMarch - 400 * era)
        + dayOfYear
        - DAYS_TO_EPOCH;
  }

  /** In an era, before one of its 400 years. */
  private static int daysBefore(int year) {
    return 365 * year + year / 4 - year / 100;
  }

  /** In a year, before a month; March is 0. */
  private static int daysBeforeMonth(int march) {
    return (153 * march + 2) / 5;
  }

  private static int nano(String text) {
    int digits = Math.max(0, text.length() - FORM.length() - ".Z".length());
    int nano = digits == 0 ? 0 : number(text, FORM.length() + 1, digits);
    for (int i = digits; i < LONGEST_FRACTION; i++) {
      nano *= 10;
    }
    return nano;
  }

  /** Digits where {@link #FORM} has zeros, and else the same; behind it a fraction or none. */
  private static boolean hasForm(String text) {
    int end = text.length() - 1;
    if (end < FORM.length() || text.charAt(end) != 'Z') {
      return false;
    }
    for (int i = 0; i < FORM.length(); i++) {
      char form = FORM.charAt(i);
      if (form == '0' ? !isDigit(text.charAt(i)) : text.charAt(i) != form) {
        return false;
      }
    }
    int digits = end - FORM.length() - 1;
    if (digits < 0) {
      return true;
    }
    boolean fraction =
        text.charAt(FORM.length()) == '.' && digits > 0 && digits <= LONGEST_FRACTION;
    for (int i = FORM.length() + 1; i < end && fraction; i++) {
      fraction = isDigit(text.charAt(i));
    }
    return fraction;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int number(String text, int at, int digits) {
    int number = 0;
    for (int i = at; i < at + digits; i++) {
      number = 10 * number + text.charAt(i) - '0';
    }
    return number;
  }
}
