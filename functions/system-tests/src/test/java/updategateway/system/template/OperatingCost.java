package updategateway.system.template;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a month costs, in US dollars: list prices of us-east-1 as of November 2025, without free
 * tiers, discounts and taxes.
 *
 * @param agents how many agents there are
 * @param hitRate which part of the requests the edge answers from its cache, from 0 to 1
 */
record OperatingCost(long agents, double hitRate) {
  static final int REQUESTS_A_DAY = 10;
  static final int DAYS = 30;

  /** What goes out to an agent: a redirect's head. */
  static final int BYTES_AN_ANSWER = 1_000;

  /** A decision line as CloudWatch counts it. */
  static final int BYTES_A_LINE = 750;

  /** 512 MB for 5 ms. */
  static final double GIGABYTE_SECONDS_A_DECISION = 0.5 * 0.005;

  /** One account looked up, up to 4 KB, without a guarantee that it is the newest. */
  static final double READ_UNITS_A_DECISION = 0.5;

  /** {@code LogRetentionDays}, 3653 by default: so many months' lines are paid for in the end. */
  static final int MONTHS_KEPT = 120;

  /** CloudWatch stores logs compressed, and assumes this part of their size itself. */
  private static final double COMPRESSED = 0.15;

  static final int METRICS = 21;
  static final int ALARMED_METRICS = 18;
  private static final double GIGABYTE = 1e9;
  private static final double TERABYTE = 1e12;
  private static final double MILLION = 1e6;

  double requests() {
    return (double) agents * REQUESTS_A_DAY * DAYS;
  }

  /** Requests that reach the gateway. */
  private double decisions() {
    return requests() * (1 - hitRate);
  }

  /** What each part of it costs. */
  Map<String, Double> parts() {
    double logged = decisions() * BYTES_A_LINE;
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("edge, requests over https", requests() / MILLION * 1.00);
    parts.put(
        "edge, data out",
        tiers(
            requests() * BYTES_AN_ANSWER,
            10,
            0.085,
            50,
            0.080,
            150,
            0.060,
            500,
            0.040,
            1_024,
            0.030));
    parts.put("gateway, requests", decisions() / MILLION * 0.20);
    parts.put(
        "gateway, processor and memory", decisions() * GIGABYTE_SECONDS_A_DECISION * 0.0000133334);
    parts.put("accounts, reads", decisions() * READ_UNITS_A_DECISION / MILLION * 0.125);
    parts.put("decision lines, taken in", tiers(logged, 10, 0.50, 30, 0.25, 50, 0.10, 1e9, 0.05));
    parts.put(
        "decision lines, ten years of them kept",
        logged / GIGABYTE * COMPRESSED * MONTHS_KEPT * 0.03);
    parts.put("metrics, alarms, dashboard", METRICS * 0.30 + ALARMED_METRICS * 0.10 + 3.00);
    return parts;
  }

  double total() {
    return parts().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** {@code $1,230}: three figures count. */
  static String dollars(double amount) {
    double step = Math.pow(10, Math.max(0, Math.floor(Math.log10(Math.max(amount, 1))) - 2));
    return String.format(Locale.ROOT, "$%,d", Math.round(amount / step) * Math.round(step));
  }

  /** Pairs of an upper bound in terabytes and the price of a gigabyte below it. */
  private static double tiers(double bytes, double... tiers) {
    double cost = 0;
    double from = 0;
    for (int i = 0; i < tiers.length; i += 2) {
      double upTo = tiers[i] * TERABYTE;
      cost += Math.max(0, Math.min(bytes, upTo) - from) / GIGABYTE * tiers[i + 1];
      from = upTo;
    }
    return cost;
  }
}
