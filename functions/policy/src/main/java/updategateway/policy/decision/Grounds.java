package updategateway.policy.decision;

import java.lang.ref.WeakReference;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The grounds of a decision that has very many: listed when somebody reads them, and not kept, so
 * that thousands of decisions by thousands of policies each need no more room than others. At least
 * one. Unmodifiable; safe for many threads.
 */
final class Grounds extends AbstractList<RefusalReason> {
  private final Supplier<List<RefusalReason>> listing;

  /** The last listing, until somebody else needs the room. */
  private @Nullable WeakReference<List<RefusalReason>> last;

  /**
   * @param listing always the same ones
   */
  Grounds(Supplier<List<RefusalReason>> listing) {
    this.listing = listing;
  }

  private List<RefusalReason> list() {
    // Without a lock: whoever misses a listing makes an equal one.
    WeakReference<List<RefusalReason>> known = last;
    List<RefusalReason> listed = known == null ? null : known.get();
    if (listed == null) {
      listed = List.copyOf(listing.get());
      last = new WeakReference<>(listed);
    }
    return listed;
  }

  @Override
  public RefusalReason get(int index) {
    return list().get(index);
  }

  @Override
  public int size() {
    return list().size();
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public Iterator<RefusalReason> iterator() {
    return list().iterator();
  }

  @Override
  public Spliterator<RefusalReason> spliterator() {
    return list().spliterator();
  }
}
