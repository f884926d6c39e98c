package updategateway.policy.decision;

import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.place.Place;
import updategateway.policy.model.ScopeBasis;

/**
 * What a scope makes of one piece of evidence.
 *
 * @param evidence the evidence
 * @param finding what the scope makes of it
 * @param listed the places of the scope that the finding rests on; may be empty
 */
public record EvidenceEvaluation(Evidence evidence, Finding finding, List<Place> listed) {
  public EvidenceEvaluation {
    listed = List.copyOf(listed);
  }

  /** What a scope makes of a piece of evidence. */
  public enum Finding {
    /** The scope does not go by this kind of evidence. */
    NOT_A_SUBJECT(Coverage.OUT),
    /** The place, or every part of it, is in a place that the scope lists. */
    COVERED(Coverage.IN),
    /** It would be covered, but the scope excepts it, or every part of it. */
    LEFT_OUT(Coverage.OUT),
    /** The scope lists no place that covers it. */
    NOT_LISTED(Coverage.OUT),
    /** The scope lists parts of the place, and it is unknown in which part the client is. */
    PART_NOT_KNOWN(Coverage.UNKNOWN),
    /** The place is unknown. */
    PLACE_NOT_KNOWN(Coverage.UNKNOWN);

    private final Coverage coverage;

    Finding(Coverage coverage) {
      this.coverage = coverage;
    }

    /** Returns the coverage by this piece alone. */
    public Coverage coverage() {
      return coverage;
    }
  }

  /** Returns whether the evidence is a location or a registration. */
  public ScopeBasis basis() {
    return evidence.basis();
  }

  /** Returns the place of the evidence; null if it is unknown. */
  public @Nullable Place place() {
    return evidence.place();
  }

  /** Returns true if every part of the place is listed, but not the place or a larger one. */
  public boolean isByParts() {
    Place place = place();
    return place != null
        && finding != Finding.PART_NOT_KNOWN
        && listed.stream().anyMatch(one -> !one.covers(place));
  }
}
