package updategateway.cli.policy.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import updategateway.place.Place;
import updategateway.policy.decision.DecisionTrace;
import updategateway.policy.decision.EvidenceEvaluation;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.PolicyEvaluation;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.Request;
import updategateway.policy.decision.Validity;
import updategateway.policy.model.Correction;
import updategateway.policy.model.Interval;
import updategateway.policy.model.Permit;
import updategateway.policy.model.Phase;
import updategateway.policy.set.PolicySet;

/** An explanation for programs. */
public final class ExplanationJson {
  private ExplanationJson() {}

  /** The document. */
  public static ObjectNode document(
      DecisionTrace explanation, PolicySet set, List<String> unfamiliar) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("policySet", set.digest().hex());
    request(explanation.request(), document.putObject("request"));
    corrections(explanation, document);
    ArrayNode warnings = document.putArray("warnings");
    unfamiliar.forEach(warnings::add);
    document.put("outcome", explanation.decision().outcome().label());
    document.put("conclusion", new ExplanationText(explanation, set).conclusion());
    ArrayNode by = document.putArray("by");
    explanation.deciding().forEach(reading -> by.add(reading.policy().id()));
    ArrayNode policies = document.putArray("policies");
    explanation.policies().forEach(reading -> policy(reading, policies.addObject()));
    explanation
        .decision()
        .nextChange()
        .ifPresentOrElse(
            change ->
                document
                    .putObject("nextChange")
                    .put("at", change.at().toString())
                    .put("to", change.outcome().label()),
            () -> document.putNull("nextChange"));
    return document;
  }

  private static void corrections(DecisionTrace explanation, ObjectNode document) {
    ArrayNode corrections = document.putArray("corrections");
    for (Correction correction : explanation.decision().corrections()) {
      corrections
          .addObject()
          .put("id", correction.id())
          .put("place", correction.place().code())
          .put("sentence", ExplanationText.correction(correction));
    }
  }

  private static void request(Request request, ObjectNode node) {
    node.put("time", request.time().toString());
    node.put("product", request.product().name());
    node.put("activity", request.activity().name());
    switch (request.location()) {
      case Location.Known known -> {
        ArrayNode places = node.putArray("located");
        known.places().forEach(place -> places.add(place.code()));
      }
      case Location.Unknown unknown -> {
        node.put("located", "unknown");
        ArrayNode places = node.putArray("perhaps");
        unknown.perhaps().forEach(place -> places.add(place.code()));
      }
    }
    switch (request.registrations()) {
      case Registrations.Known known -> {
        ArrayNode places = node.putArray("registered");
        known.places().stream().sorted().map(Place::code).forEach(places::add);
      }
      case Registrations.Unknown _ -> node.put("registered", "unknown");
    }
  }

  private static void policy(PolicyEvaluation reading, ObjectNode node) {
    node.put("policy", reading.policy().id());
    node.put("title", reading.policy().title());
    node.put("basis", word(reading.policy().basis()));
    node.put("authority", reading.policy().authority());
    node.put("citation", reading.policy().citation());
    node.put("reach", word(reading.coverage()));
    ArrayNode evidence = node.putArray("evidence");
    for (EvidenceEvaluation piece : reading.evidence()) {
      ObjectNode item = evidence.addObject();
      item.put("subject", word(piece.basis()));
      item.put("place", ExplanationText.code(piece.place()));
      item.put("finding", word(piece.finding()));
      ArrayNode listed = item.putArray("listed");
      piece.listed().forEach(place -> listed.add(place.code()));
      item.put("sentence", ExplanationText.evidence(piece));
    }
    node.put("aboutProduct", reading.aboutProduct());
    ArrayNode phases = node.putArray("phases");
    for (PolicyEvaluation.Timed<Phase> phase : reading.phases()) {
      ObjectNode item = phases.addObject();
      item.put("phase", phase.what().id());
      span(phase.what().span(), item);
      item.put("validity", validity(phase.validity()));
    }
    node.put("exemptions", reading.exemptions().size());
    ArrayNode permits = node.putArray("permits");
    for (PolicyEvaluation.Timed<Permit> permit : reading.permits()) {
      ObjectNode item = permits.addObject();
      item.put("permit", permit.what().id());
      item.put("citation", permit.what().citation());
      span(permit.what().span(), item);
      item.put("validity", validity(permit.validity()));
    }
    node.put("applies", reading.applies());
    node.put("outcome", reading.outcome().label());
  }

  private static void span(Interval span, ObjectNode node) {
    node.put("from", span.from().instant().toString());
    node.put("until", span.until() == null ? null : span.until().instant().toString());
  }

  private static String validity(Validity validity) {
    return switch (validity) {
      case PENDING -> "not-yet";
      case ACTIVE -> "now";
      case EXPIRED -> "over";
    };
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
