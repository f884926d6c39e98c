package updategateway.policy.model;

import org.jspecify.annotations.Nullable;

/**
 * What an agent does by asking, as a policy names it: a kebab-case word.
 *
 * @param name lower-case letters and digits in groups joined by single hyphens
 */
public record Activity(String name) implements Comparable<Activity> {
  /** The activity of a path that no route of the catalog matches. */
  public static final Activity UNCLASSIFIED = new Activity("unclassified");

  /**
   * @throws IllegalArgumentException when the name is not kebab-case
   */
  public Activity {
    if (!KebabCase.matches(name)) {
      throw new IllegalArgumentException("not kebab-case: " + name);
    }
  }

  /** Written out, like {@link #hashCode}: what Java makes for a record takes long to get ready. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Activity same && name.equals(same.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public int compareTo(Activity other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
