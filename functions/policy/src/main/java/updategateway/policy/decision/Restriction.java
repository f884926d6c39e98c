package updategateway.policy.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Exemption;
import updategateway.policy.model.Interval;
import updategateway.policy.model.Permit;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;
import updategateway.policy.model.Product;
import updategateway.policy.model.ProductSelection;
import updategateway.policy.model.ScopeBasis;
import updategateway.policy.model.Selector;

/** One policy, as far as it is about one activity. Immutable. */
final class Restriction {
  final Policy policy;
  private final Activity activity;

  /** The products that the policy names; null for all. A set, because there may be thousands. */
  private final @Nullable Set<Product> productsOwn;

  /** The phases that refuse the activity. */
  private final List<Phase> phases;

  /** The permits that can lift them. */
  private final List<Permit> permits;

  /** The permits among them that are for every product. */
  private final List<Permit> permitsForAll;

  /** When it holds for each product that no permit names. */
  private final Course ofOthers;

  Restriction(Policy policy, Activity activity) {
    this.policy = policy;
    this.activity = activity;
    this.productsOwn =
        policy.products() instanceof ProductSelection.Named named
            ? new HashSet<>(named.products())
            : null;
    this.phases =
        policy.phases().stream().filter(phase -> phase.refuses().contains(activity)).toList();
    this.permits =
        policy.permits().stream().filter(permit -> isAbout(permit.matter(), activity)).toList();
    this.permitsForAll =
        permits.stream().filter(permit -> isForEveryProduct(permit.matter())).toList();
    this.ofOthers = course(permitsForAll);
  }

  private static boolean isAbout(Selector matter, Activity activity) {
    return matter.activities() == null || matter.activities().contains(activity);
  }

  private static boolean isForEveryProduct(Selector matter) {
    return matter.products() == null || matter.products() instanceof ProductSelection.All;
  }

  /** The products that it is about, exemptions aside. */
  ProductSelection products() {
    return policy.products();
  }

  /** Returns whether the policy is about the product, exemptions aside. */
  boolean isAbout(Product product) {
    return productsOwn == null || productsOwn.contains(product);
  }

  /** The products that its rules name: for every other one it is the same. */
  Set<Product> productsNamed() {
    Set<Product> named = new LinkedHashSet<>();
    addNamed(policy.products(), named);
    for (Exemption exemption : policy.exemptions()) {
      if (isAbout(exemption.matter(), activity)) {
        addNamed(exemption.matter().products(), named);
      }
    }
    for (Permit permit : permits) {
      addNamed(permit.matter().products(), named);
    }
    return named;
  }

  private static void addNamed(@Nullable ProductSelection selection, Set<Product> named) {
    if (selection instanceof ProductSelection.Named some) {
      named.addAll(some.products());
    }
  }

  /** Whether an exemption takes the product out of it. */
  boolean exempts(Product product) {
    for (Exemption exemption : policy.exemptions()) {
      if (exemption.matter().matches(product, activity)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an exemption takes every product out of it. */
  boolean exemptsAll() {
    for (Exemption exemption : policy.exemptions()) {
      if (isAbout(exemption.matter(), activity) && isForEveryProduct(exemption.matter())) {
        return true;
      }
    }
    return false;
  }

  /** The permits that can lift it for the product, by their places among all of them. */
  List<Integer> permitsFor(Product product) {
    List<Integer> lifting = new ArrayList<>();
    for (int i = 0; i < permits.size(); i++) {
      if (permits.get(i).matter().matches(product, activity)) {
        lifting.add(i);
      }
    }
    return lifting;
  }

  /** Whether it holds for the product when it holds for products that no permit names. */
  boolean isAsForOthers(Product product) {
    return permits.size() == permitsForAll.size()
        || permitsFor(product).size() == permitsForAll.size();
  }

  /** Over all of time, the phase in which the policy refuses the activity for the product. */
  Course course(Product product) {
    return isAsForOthers(product)
        ? ofOthers
        : course(permitsFor(product).stream().map(permits::get).toList());
  }

  /** Likewise for a product that no permit names. */
  Course courseOfOthers() {
    return ofOthers;
  }

  /** The end of its last phase, in milliseconds since the epoch; the greatest for never. */
  long end() {
    long end = Long.MIN_VALUE;
    for (Phase phase : phases) {
      end = Math.max(end, end(phase.span()));
    }
    return end;
  }

  private Course course(List<Permit> lifting) {
    TreeSet<Long> boundaries = new TreeSet<>();
    boundaries.add(Long.MIN_VALUE);
    phases.forEach(phase -> addBounds(phase.span(), boundaries));
    lifting.forEach(permit -> addBounds(permit.span(), boundaries));
    List<Long> starts = new ArrayList<>();
    List<@Nullable Phase> inForce = new ArrayList<>();
    for (long start : boundaries) {
      Phase phase = isPermitted(lifting, start) ? null : phaseInForce(start);
      if (inForce.isEmpty() || !Objects.equals(inForce.getLast(), phase)) {
        starts.add(start);
        inForce.add(phase);
      }
    }
    return new Course(
        this, starts.stream().mapToLong(Long::longValue).toArray(), inForce.toArray(Phase[]::new));
  }

  private @Nullable Phase phaseInForce(long epochMilli) {
    Phase earliest = null;
    for (Phase phase : phases) {
      if (contains(phase.span(), epochMilli)
          && (earliest == null
              || phase.span().from().instant().isBefore(earliest.span().from().instant()))) {
        earliest = phase;
      }
    }
    return earliest;
  }

  private static boolean isPermitted(List<Permit> lifting, long epochMilli) {
    return lifting.stream().anyMatch(permit -> contains(permit.span(), epochMilli));
  }

  /** As {@link Interval#contains}, for the beginning of time too, which is no instant. */
  private static boolean contains(Interval span, long epochMilli) {
    return epochMilli != Long.MIN_VALUE && span.contains(Instant.ofEpochMilli(epochMilli));
  }

  private static void addBounds(Interval span, Set<Long> boundaries) {
    boundaries.add(span.from().instant().toEpochMilli());
    if (span.until() != null) {
      boundaries.add(span.until().instant().toEpochMilli());
    }
  }

  private static long end(Interval span) {
    return span.until() == null ? Long.MAX_VALUE : span.until().instant().toEpochMilli();
  }

  /** When a restriction holds, and by which phase. */
  static final class Course {
    /** Milliseconds since the epoch, ascending; the first is the beginning of time. */
    final long[] starts;

    /** From each start on; null where nothing is refused. */
    final @Nullable Phase[] phases;

    private final Policy policy;

    /** One a start and a subject, made when it is first needed. */
    private final @Nullable RefusalReason[] located;

    private final @Nullable RefusalReason[] registered;

    private Course(Restriction restriction, long[] starts, @Nullable Phase[] phases) {
      this.policy = restriction.policy;
      this.starts = starts;
      this.phases = phases;
      this.located = new RefusalReason[phases.length];
      this.registered = new RefusalReason[phases.length];
    }

    /** Why a client is refused at an instant; null when nothing is refused then. */
    @Nullable RefusalReason ground(ScopeBasis subject, long epochMilli) {
      int at = Timeline.indexOf(starts, epochMilli);
      Phase phase = phases[at];
      if (phase == null) {
        return null;
      }
      // Without a lock: a ground is immutable, and whoever misses one makes an equal one.
      @Nullable RefusalReason[] made = subject == ScopeBasis.LOCATED ? located : registered;
      RefusalReason ground = made[at];
      if (ground == null) {
        ground = new RefusalReason(policy, phase, Set.of(subject));
        made[at] = ground;
      }
      return ground;
    }
  }
}
