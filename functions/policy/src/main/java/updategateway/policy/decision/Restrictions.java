package updategateway.policy.decision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import updategateway.policy.model.Policy;
import updategateway.policy.model.Product;
import updategateway.policy.model.ProductSelection;
import updategateway.policy.model.Scope;
import updategateway.policy.model.ScopeBasis;
import updategateway.policy.model.UndeterminedAction;

/**
 * All policies that are about one activity. Safe for many threads once it is ready.
 *
 * <p>Most are about every product alike; for each product that some of them name, it is known what
 * is different. So whoever asks for ever other products makes us do no more than these differences.
 */
final class Restrictions {
  /**
   * In the size of a reference. Bounds what is kept of whom the policies reach; beyond that it is
   * forgotten and found out again.
   */
  private static final long MOST_WORDS = 1L << 21;

  /** Numbers the activity. */
  final int number;

  private final List<Restriction> all = new ArrayList<>();

  /** About every product that nobody names, ordered by policy id. */
  private final List<Restriction> ofOthers = new ArrayList<>();

  private final Map<String, ProductClass> byProduct = new HashMap<>();
  private final Map<Long, Reached> reached = new HashMap<>();
  private final Map<List<Object>, Reached> reachedByWhom = new HashMap<>();
  private long words;

  Restrictions(int number) {
    this.number = number;
  }

  /** Adds one, in the order of policy ids. */
  void add(Restriction restriction) {
    all.add(restriction);
  }

  /** To be called once, when all are added. */
  void makeReady() {
    int[] placeAmongOthers = new int[all.size()];
    Map<Product, List<Integer>> naming = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      Restriction restriction = all.get(i);
      placeAmongOthers[i] = -1;
      if (restriction.exemptsAll()) {
        continue;
      }
      if (restriction.products() instanceof ProductSelection.All) {
        placeAmongOthers[i] = ofOthers.size();
        ofOthers.add(restriction);
      }
      for (Product product : restriction.productsNamed()) {
        naming.computeIfAbsent(product, _ -> new ArrayList<>()).add(i);
      }
    }
    Map<List<Integer>, ProductClass> classes = new HashMap<>();
    naming.forEach((product, by) -> {
      ProductClass found = productClass(product, by, placeAmongOthers, classes);
      if (found != ProductClass.OTHERS) {
        byProduct.put(product.name(), found);
      }
    });
  }

  private ProductClass productClass(
      Product product,
      List<Integer> naming,
      int[] placeAmongOthers,
      Map<List<Integer>, ProductClass> classes) {
    List<Integer> without = new ArrayList<>();
    List<Restriction> own = new ArrayList<>();
    // What tells this class from others: first whom it is without, then whom it has with which
    // permits.
    List<Integer> key = new ArrayList<>();
    for (int i : naming) {
      Restriction restriction = all.get(i);
      boolean exempt = restriction.exempts(product);
      boolean amongOthers = placeAmongOthers[i] >= 0;
      if (amongOthers && (exempt || !restriction.isAsForOthers(product))) {
        without.add(placeAmongOthers[i]);
      }
      boolean differs = !amongOthers || !restriction.isAsForOthers(product);
      if (!exempt && differs && restriction.isAbout(product)) {
        own.add(restriction);
        key.add(i);
        List<Integer> permits = restriction.permitsFor(product);
        key.add(permits.size());
        key.addAll(permits);
      }
    }
    if (without.isEmpty() && own.isEmpty()) {
      return ProductClass.OTHERS;
    }
    key.add(-1);
    key.addAll(without);
    ProductClass known = classes.get(key);
    if (known == null) {
      known =
          new ProductClass(
              classes.size() + 1,
              without.stream().mapToInt(Integer::intValue).toArray(),
              own,
              own.stream().map(restriction -> restriction.course(product)).toList());
      classes.put(key, known);
    }
    return known;
  }

  /** The class that a product is in. */
  ProductClass of(Product product) {
    ProductClass named = byProduct.get(product.name());
    return named == null ? ProductClass.OTHERS : named;
  }

  /**
   * Whom those about every other product reach by a piece of evidence.
   *
   * @param placeClass stands for the place, as far as scopes tell it apart
   * @param reach whom a scope reaches by it
   */
  synchronized Reached reached(
      ScopeBasis subject, int placeClass, Function<Scope, Coverage> reach) {
    long key = (long) placeClass << 1 | (subject == ScopeBasis.LOCATED ? 0 : 1);
    Reached known = reached.get(key);
    if (known != null) {
      return known;
    }
    BitSet refusing = new BitSet(ofOthers.size());
    BitSet doubtful = new BitSet(ofOthers.size());
    for (int i = 0; i < ofOthers.size(); i++) {
      Policy policy = ofOthers.get(i).policy;
      switch (reach.apply(policy.scope())) {
        case IN -> refusing.set(i);
        case UNKNOWN -> doubtful.set(i, policy.undetermined() == UndeterminedAction.REFUSE);
        case OUT -> {}
      }
    }
    Reached found =
        reachedByWhom.computeIfAbsent(
            Arrays.asList(subject, refusing, doubtful),
            _ -> new Reached(placeClass, ofOthers, refusing, doubtful));
    words += found.placeClass == placeClass ? found.words() : 8;
    if (words > MOST_WORDS) {
      reached.clear();
      reachedByWhom.clear();
      words = 0;
    }
    reached.put(key, found);
    return found;
  }
}
