package updategateway.benchmarks.report;

import java.util.List;

/**
 * Measurements of one thing, in one run.
 *
 * @param name of what
 * @param unit such as {@code ms}
 * @param samples in the order in which they were taken; at least one
 */
public record Samples(String name, String unit, List<Double> samples) {
  /**
   * @throws IllegalArgumentException when there is no sample
   */
  public Samples {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured of " + name);
    }
  }

  /** Half of the samples are not above it. */
  public double median() {
    return quantile(0.5);
  }

  /** A quarter of the samples are not above it. */
  public double lower() {
    return quantile(0.25);
  }

  /** A quarter of the samples are not below it. */
  public double upper() {
    return quantile(0.75);
  }

  private double quantile(double share) {
    List<Double> sorted = samples.stream().sorted().toList();
    double at = share * (sorted.size() - 1);
    int below = (int) Math.floor(at);
    int above = (int) Math.ceil(at);
    return sorted.get(below) + (at - below) * (sorted.get(above) - sorted.get(below));
  }
}
