package updategateway.policy.explanation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.place.Place;
import updategateway.policy.decision.Coverage;
import updategateway.policy.model.Scope;
import updategateway.policy.model.ScopeBasis;

/**
 * What one piece of evidence says about the reach of a policy.
 *
 * @param subject of which kind the evidence is
 * @param place where it puts the client; null when nobody knows
 * @param finding what the scope makes of it
 * @param listed the places of the scope that the finding rests on; may be empty
 */
public record EvidenceReading(
    ScopeBasis subject, @Nullable Place place, Finding finding, List<Place> listed) {
  public EvidenceReading {
    listed = List.copyOf(listed);
  }

  /** What a scope makes of a piece of evidence. */
  public enum Finding {
    /** The policy does not go by this kind of evidence. */
    NOT_A_SUBJECT(Coverage.OUT),
    /** The place is, or is a part of, a place that the policy lists. */
    COVERED(Coverage.IN),
    /** It would be covered, and the policy leaves it out. */
    LEFT_OUT(Coverage.OUT),
    /** The policy lists no place that covers it. */
    NOT_LISTED(Coverage.OUT),
    /** The policy lists parts of the place, and it is not known in which part the client is. */
    PART_NOT_KNOWN(Coverage.UNKNOWN),
    /** Nobody knows where. */
    PLACE_NOT_KNOWN(Coverage.UNKNOWN);

    private final Coverage reach;

    Finding(Coverage reach) {
      this.reach = reach;
    }

    /** Whom the policy reaches by this alone. */
    public Coverage reach() {
      return reach;
    }
  }

  static EvidenceReading of(Scope scope, ScopeBasis subject, @Nullable Place place) {
    if (!scope.subjects().contains(subject)) {
      return new EvidenceReading(subject, place, Finding.NOT_A_SUBJECT, List.of());
    }
    if (place == null) {
      return new EvidenceReading(subject, null, Finding.PLACE_NOT_KNOWN, List.of());
    }
    List<Place> covering = covering(scope.locations(), place);
    List<Place> leavingOut = covering(scope.except(), place);
    if (!covering.isEmpty() && leavingOut.isEmpty()) {
      return new EvidenceReading(subject, place, Finding.COVERED, covering);
    }
    List<Place> parts =
        scope.locations().stream().filter(listed -> listed.isPartOf(place)).toList();
    if (subject == ScopeBasis.LOCATED && !parts.isEmpty()) {
      return new EvidenceReading(subject, place, Finding.PART_NOT_KNOWN, parts);
    }
    return covering.isEmpty()
        ? new EvidenceReading(subject, place, Finding.NOT_LISTED, List.of())
        : new EvidenceReading(subject, place, Finding.LEFT_OUT, leavingOut);
  }

  private static List<Place> covering(List<Place> places, Place place) {
    return places.stream().filter(listed -> listed.covers(place)).toList();
  }
}
