package updategateway.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Samples of several variants in one unit, in the order in which the variants were first added. */
public final class SampleCollector {
  private final String unit;
  private final Map<String, List<Double>> samples = new LinkedHashMap<>();

  /**
   * @param unit such as {@code ms}
   */
  public SampleCollector(String unit) {
    this.unit = unit;
  }

  /** Adds one sample of a variant. */
  public void add(String name, double value) {
    samples.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
  }

  /** Adds a sample where the system could measure one. */
  public void add(String name, OptionalDouble value) {
    value.ifPresent(measured -> add(name, measured));
  }

  /** Returns the samples of all variants. */
  public List<Samples> all() {
    return samples.entrySet().stream()
        .map(entry -> new Samples(entry.getKey(), unit, entry.getValue()))
        .toList();
  }

  /** Returns the samples of one variant; empty if nothing was measured of it. */
  public Optional<Samples> find(String name) {
    return Optional.ofNullable(samples.get(name)).map(values -> new Samples(name, unit, values));
  }

  /** Returns the quotient of two variants' medians; empty if one of them was not measured. */
  public OptionalDouble ratio(String one, String other) {
    Optional<Samples> numerator = find(one);
    Optional<Samples> denominator = find(other);
    return numerator.isPresent() && denominator.isPresent()
        ? OptionalDouble.of(numerator.get().median() / denominator.get().median())
        : OptionalDouble.empty();
  }
}
