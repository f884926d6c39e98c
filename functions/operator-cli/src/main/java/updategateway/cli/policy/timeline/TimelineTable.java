package updategateway.cli.policy.timeline;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import updategateway.policy.decision.DecisionInterval;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.RefusalReason;
import updategateway.policy.decision.Request;
import updategateway.policy.diff.ClientGroup;
import updategateway.policy.diff.ProductSet;
import updategateway.policy.diff.Universe;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;
import updategateway.policy.set.PolicySet;

/**
 * The outcomes of a policy set over all of time: who, what and when.
 *
 * @param boundaries the instants at which anything changes for anybody, ascending: the first column
 *     ends with the first of them, the last begins with the last
 * @param groups of clients who get the same, in the order of {@link Universe#clients()}
 */
public record TimelineTable(List<Instant> boundaries, List<Group> groups) {
  public TimelineTable {
    boundaries = List.copyOf(boundaries);
    groups = List.copyOf(groups);
  }

  /**
   * Clients who get the same.
   *
   * @param clients at least one
   * @param rows an activity each, or a part of the products of an activity
   */
  public record Group(List<ClientGroup> clients, List<Row> rows) {
    public Group {
      clients = List.copyOf(clients);
      rows = List.copyOf(rows);
    }

    /** Whether nothing is ever kept from them. */
    public boolean isAlwaysServed() {
      return rows.stream().allMatch(Row::isAlwaysServed);
    }
  }

  /**
   * One activity over time.
   *
   * @param activity what asking amounts to
   * @param products what is asked for
   * @param cells one a stretch of time, without gaps
   */
  public record Row(Activity activity, ProductSet products, List<Cell> cells) {
    public Row {
      cells = List.copyOf(cells);
    }

    /** Whether it is never kept from anybody of the group. */
    public boolean isAlwaysServed() {
      return cells.stream().allMatch(cell -> cell.outcome() == Outcome.SERVE);
    }
  }

  /**
   * A stretch of time with one outcome.
   *
   * @param from its first instant; null for the beginning of time
   * @param until the first instant behind it; null when it does not end
   * @param columns how many columns it spans
   * @param outcome what becomes of requests
   * @param by the policies and phases it rests on; empty when served
   */
  public record Cell(
      @Nullable Instant from,
      @Nullable Instant until,
      int columns,
      Outcome outcome,
      List<String> by) {
    public Cell {
      by = List.copyOf(by);
    }
  }

  /** The table of a set. */
  public static TimelineTable of(PolicySet set) {
    Evaluator evaluator = Evaluator.of(set);
    Universe vocabulary = Universe.of(List.of(set));
    Set<Instant> instants = new TreeSet<>();
    Map<ClientGroup, Map<Activity, Map<List<Held>, Set<Product>>>> all = new LinkedHashMap<>();
    List<Product> products = new ArrayList<>(vocabulary.products());
    products.add(vocabulary.otherProduct());
    for (ClientGroup client : vocabulary.clients()) {
      Map<Activity, Map<List<Held>, Set<Product>>> byActivity = new LinkedHashMap<>();
      for (Activity activity : vocabulary.activities()) {
        Map<List<Held>, Set<Product>> byHeld = new LinkedHashMap<>();
        for (Product product : products) {
          List<Held> held =
              held(
                  evaluator.timeline(
                      new Request(
                          Instant.MIN,
                          product,
                          activity,
                          client.location(),
                          client.registrations())));
          held.stream()
              .map(Held::from)
              .filter(from -> !from.equals(Instant.MIN))
              .forEach(instants::add);
          byHeld.computeIfAbsent(held, _ -> new LinkedHashSet<>()).add(product);
        }
        byActivity.put(activity, byHeld);
      }
      all.put(client, byActivity);
    }
    List<Instant> boundaries = List.copyOf(instants);
    Map<List<Row>, List<ClientGroup>> groups = new LinkedHashMap<>();
    all.forEach((client, byActivity) ->
        groups
            .computeIfAbsent(rows(byActivity, vocabulary, boundaries), _ -> new ArrayList<>())
            .add(client));
    List<Group> list = new ArrayList<>();
    groups.forEach((rows, clients) -> list.add(new Group(clients, rows)));
    return new TimelineTable(boundaries, list);
  }

  /** From when on which outcome, by what. */
  private record Held(Instant from, Outcome outcome, List<String> by) {}

  private static List<Held> held(List<DecisionInterval> stretches) {
    List<Held> held = new ArrayList<>();
    for (DecisionInterval stretch : stretches) {
      List<String> by =
          stretch.decision().reasons().stream().map(TimelineTable::name).distinct().toList();
      held.add(new Held(stretch.from(), stretch.decision().outcome(), by));
    }
    return List.copyOf(held);
  }

  private static String name(RefusalReason ground) {
    return ground.policy().id() + " / " + ground.phase().id();
  }

  private static List<Row> rows(
      Map<Activity, Map<List<Held>, Set<Product>>> byActivity,
      Universe vocabulary,
      List<Instant> boundaries) {
    List<Row> rows = new ArrayList<>();
    byActivity.forEach((activity, byHeld) ->
        byHeld.forEach((held, products) ->
            rows.add(
                new Row(activity, ProductSet.of(products, vocabulary), cells(held, boundaries)))));
    rows.sort(comparing(Row::isAlwaysServed));
    return List.copyOf(rows);
  }

  private static List<Cell> cells(List<Held> held, List<Instant> boundaries) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < held.size(); i++) {
      Instant from = held.get(i).from();
      Instant until = i + 1 < held.size() ? held.get(i + 1).from() : null;
      int first = i == 0 ? 0 : boundaries.indexOf(from) + 1;
      int last = until == null ? boundaries.size() + 1 : boundaries.indexOf(until) + 1;
      cells.add(
          new Cell(
              i == 0 ? null : from, until, last - first, held.get(i).outcome(), held.get(i).by()));
    }
    return List.copyOf(cells);
  }
}
