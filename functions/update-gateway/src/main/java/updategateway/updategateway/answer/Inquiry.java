package updategateway.updategateway.answer;

import java.time.Instant;
import java.util.List;
import updategateway.policy.Place;
import updategateway.policy.catalog.Classification;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.Request;
import updategateway.region.Whereabouts;

/**
 * A request in the words of the law, with the evidence that it rests on.
 *
 * @param id by which it is found in the log
 * @param time when it was made
 * @param asked what it is for
 * @param whereabouts where it comes from
 * @param registrations where the agent's account belongs
 */
public record Inquiry(
    String id,
    Instant time,
    Classification asked,
    Whereabouts whereabouts,
    Registrations registrations) {
  /** The location that the policies speak of. */
  public static Location location(Whereabouts whereabouts) {
    return switch (whereabouts) {
      case Whereabouts.Known known -> Location.in(Place.of(known.country(), known.subdivision()));
      case Whereabouts.Doubtful doubtful ->
          new Location.Unknown(
              List.of(Place.of(doubtful.place().country(), doubtful.place().subdivision())));
      case Whereabouts.Unknown _ -> new Location.Unknown();
    };
  }

  /** The request as it is decided. */
  public Request request() {
    return new Request(
        time, asked.product(), asked.activity(), location(whereabouts), registrations);
  }

  /** Its places in one word: canonical codes joined by commas, or {@code unknown}. */
  public String region() {
    return switch (location(whereabouts)) {
      case Location.Known known ->
          known.places().size() == 1
              ? known.places().getFirst().code()
              : String.join(",", known.places().stream().map(Place::code).toList());
      case Location.Unknown _ -> "unknown";
    };
  }
}
