package updategateway.policy.decision;

import updategateway.policy.Place;

/** Where a request comes from, as far as anybody can tell. */
public sealed interface Location {
  /** From this place; a country alone when its subdivision is not known. */
  record Known(Place place) implements Location {}

  /** From nobody knows where. */
  record Unknown() implements Location {}
}
