package updategateway.policy.decision;

import java.util.List;

/**
 * Products that the policies about one activity do not tell apart: by what these policies are about
 * them other than about products that nobody names. Immutable.
 */
final class ProductClass {
  /** Those that nobody names. */
  static final ProductClass OTHERS = new ProductClass(0, new int[0], List.of(), List.of());

  /** Names it among those of the activity. */
  final int number;

  /** Those about every other product that are not about these, or in another way; ascending. */
  final int[] without;

  /** What is about these in a way of their own, ordered by policy id. */
  final List<Restriction> own;

  /** When each of these holds. */
  final List<Restriction.Course> courses;

  ProductClass(int number, int[] without, List<Restriction> own, List<Restriction.Course> courses) {
    this.number = number;
    this.without = without;
    this.own = List.copyOf(own);
    this.courses = List.copyOf(courses);
  }
}
