package updategateway.policy.decision;

import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.place.Place;
import updategateway.place.Subdivisions;
import updategateway.policy.decision.EvidenceEvaluation.Finding;
import updategateway.policy.model.Scope;
import updategateway.policy.model.ScopeBasis;

/**
 * Rule 1 for one scope: which clients it covers. A client is covered by its strongest piece of
 * evidence, so each piece is evaluated by itself. Immutable.
 *
 * <p>A subdivision that ISO 3166-2 does not have is an unknown subdivision of its country. A
 * located client in an unknown subdivision may be in one that the scope lists. A registration
 * without a subdivision is complete and is of none of them; only one whose subdivision does not
 * exist may be. A country that does not cover a place, because the place has a country code of its
 * own ({@code FR} and {@code RE}), is not a place of which the scope lists a part: sources report
 * such a place by its own code.
 */
public final class ScopeCoverage {
  private final Scope scope;
  private final PlaceSet locations;
  private final PlaceSet except;

  public ScopeCoverage(Scope scope) {
    this.scope = scope;
    this.locations = new PlaceSet(scope.locations());
    this.except = new PlaceSet(scope.except());
  }

  /** Rule 1. Returns whether a client is covered, by the strongest piece of evidence. */
  public Coverage coverage(List<Evidence> evidence) {
    Coverage strongest = Coverage.OUT;
    for (Evidence piece : evidence) {
      Coverage coverage = finding(piece).coverage();
      if (coverage.compareTo(strongest) > 0) {
        strongest = coverage;
      }
    }
    return strongest;
  }

  /** Returns what the scope makes of one piece of evidence. */
  Finding finding(Evidence evidence) {
    if (!scope.subjects().contains(evidence.basis())) {
      return Finding.NOT_A_SUBJECT;
    }
    if (evidence.place() == null) {
      return Finding.PLACE_NOT_KNOWN;
    }
    Place place = existing(evidence.place());
    boolean isCovered = locations.covers(place);
    if (isCovered && !except.covers(place)) {
      return Finding.COVERED;
    }
    boolean isComplete =
        evidence.basis() == ScopeBasis.REGISTERED && place.equals(evidence.place());
    if (!isComplete && locations.hasPartOf(place)) {
      return Finding.PART_NOT_KNOWN;
    }
    return isCovered ? Finding.LEFT_OUT : Finding.NOT_LISTED;
  }

  /** Returns the place, or the country of a subdivision that ISO 3166-2 does not have. */
  private static Place existing(Place place) {
    return !place.isSubdivision() || Subdivisions.contain(place.code())
        ? place
        : place.parent().orElse(place);
  }

  /** Returns the same with the listed places that it rests on. */
  EvidenceEvaluation evaluate(Evidence evidence) {
    Finding finding = finding(evidence);
    return new EvidenceEvaluation(evidence, finding, listed(finding, evidence.place()));
  }

  private List<Place> listed(Finding finding, @Nullable Place place) {
    if (place == null) {
      return List.of();
    }
    return switch (finding) {
      case NOT_A_SUBJECT, PLACE_NOT_KNOWN, NOT_LISTED -> List.of();
      case COVERED -> covering(place, scope.locations());
      case LEFT_OUT -> covering(place, scope.except());
      case PART_NOT_KNOWN -> partsOf(place, scope.locations());
    };
  }

  private static List<Place> covering(Place place, List<Place> listed) {
    List<Place> covering = listed.stream().filter(one -> one.covers(place)).toList();
    return covering.isEmpty() ? partsOf(place, listed) : covering;
  }

  private static List<Place> partsOf(Place place, List<Place> listed) {
    Place whole = existing(place);
    return listed.stream().filter(one -> one.isPartOf(whole)).toList();
  }
}
