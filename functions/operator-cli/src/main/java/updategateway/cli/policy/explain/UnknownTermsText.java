package updategateway.cli.policy.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.cli.text.PlaceText;
import updategateway.policy.decision.Request;
import updategateway.policy.decision.UnknownTerm;
import updategateway.policy.set.PolicySet;

/**
 * What a set does not know of a request, in sentences, so that nobody takes a slip for an answer.
 */
public final class UnknownTermsText {
  private UnknownTermsText() {}

  /** A sentence for each. */
  public static List<String> of(PolicySet set, Request request) {
    return UnknownTerm.of(set, request).stream().map(UnknownTermsText::sentence).toList();
  }

  private static String sentence(UnknownTerm unfamiliar) {
    return switch (unfamiliar) {
      case UnknownTerm.OfActivity activity ->
          "No route has and no policy names the activity "
              + activity.name()
              + "."
              + meant(activity.nearest());
      case UnknownTerm.OfProduct product ->
          "No route has and no policy names the product "
              + product.name()
              + "."
              + meant(product.nearest());
      case UnknownTerm.OfPlace place ->
          "No policy and no correction names "
              + PlaceText.name(place.place())
              + (place.place().isSubdivision() ? "." : " or a part of it.");
    };
  }

  private static String meant(@Nullable String nearest) {
    return nearest == null ? "" : " Is " + nearest + " meant?";
  }
}
