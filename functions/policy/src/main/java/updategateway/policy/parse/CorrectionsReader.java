package updategateway.policy.parse;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import updategateway.place.CidrBlock;
import updategateway.place.Place;
import updategateway.place.SpecialPurposeBlocks;
import updategateway.policy.model.AgentIdSyntax;
import updategateway.policy.model.Correction;
import updategateway.policy.model.Correction.Target;
import updategateway.policy.model.Interval;
import updategateway.policy.source.Document;

/** Reads corrections; each method answers null after a finding. */
final class CorrectionsReader {
  static final List<String> CORRECTIONS_KEYS = List.of("corrections");
  static final List<String> CORRECTION_KEYS =
      List.of("id", "address", "agent", "place", "because", "approved-by", "from", "until", "note");

  /** A range is a mistake of a database, not a part of the world: the largest that is believed. */
  private static final int SHORTEST_IPV4 = 8;

  /** The shortest that a regional registry hands out. */
  private static final int SHORTEST_IPV6 = 19;

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final TimeFormat notation;
  private final Diagnostics findings;

  CorrectionsReader(TimeFormat notation, Diagnostics findings) {
    this.notation = notation;
    this.findings = findings;
  }

  /** All that can be read of them; none where nothing is written. */
  List<Parsed<Correction>> read(Document document) {
    if (document instanceof Document.Text text && text.value().isEmpty()) {
      return List.of();
    }
    MappingReader fields =
        MappingReader.of(document, "the file of corrections", CORRECTIONS_KEYS, findings)
            .orElse(null);
    List<Document> items =
        fields == null
            ? null
            : fields.optionalList(
                "corrections", true, "[{id: head-office, address: 198.41.0.0/24, place: DE, …}]");
    List<Parsed<Correction>> corrections = new ArrayList<>();
    Map<String, Document> byId = new HashMap<>();
    Map<Target, List<Parsed<Correction>>> byTarget = new HashMap<>();
    for (Document item : items == null ? List.<Document>of() : items) {
      Correction correction = correction(item);
      if (item instanceof Document.Mapping mapping
          && mapping.get("id").orElse(null) instanceof Document.Text id) {
        Document earlier = byId.putIfAbsent(id.value(), item);
        if (earlier != null) {
          findings.add(
              id,
              "the id "
                  + MappingReader.quoted(id.value())
                  + " is that of "
                  + earlier.position()
                  + " too",
              "give it an id of its own");
          continue;
        }
      }
      if (correction != null) {
        List<Parsed<Correction>> others =
            byTarget.computeIfAbsent(correction.target(), _ -> new ArrayList<>());
        contradicted(correction, others)
            .ifPresent(other ->
                findings.add(
                    item,
                    correction.target()
                        + " is corrected by "
                        + other.value().id()
                        + " too, at the same time ("
                        + other.document().position()
                        + ")",
                    "keep one of the two, or end one before the other begins"));
        Parsed<Correction> written = new Parsed<>(correction, item);
        corrections.add(written);
        others.add(written);
      }
    }
    return corrections;
  }

  /** Another that is about the very same client at some time when this one is. */
  private static Optional<Parsed<Correction>> contradicted(
      Correction one, List<Parsed<Correction>> others) {
    return others.stream()
        .filter(
            other -> beginsBeforeEndOf(one, other.value()) && beginsBeforeEndOf(other.value(), one))
        .findFirst();
  }

  private static boolean beginsBeforeEndOf(Correction one, Correction other) {
    return other.span().until() == null
        || one.span().from().instant().isBefore(other.span().until().instant());
  }

  private @Nullable Correction correction(Document document) {
    MappingReader fields =
        MappingReader.of(document, "a correction", CORRECTION_KEYS, findings).orElse(null);
    if (fields == null) {
      return null;
    }
    String id = fields.requiredName("id", "head-office");
    Target target = target(document, fields);
    Document placeWritten = fields.required("place", "DE");
    Place place = placeWritten == null ? null : PlaceParser.read(placeWritten, notation, findings);
    String because = fields.requiredText("because", "how you know that the client is there");
    String approvedBy = fields.requiredText("approved-by", "who answers for it");
    Interval span = span(fields);
    String note = fields.optionalText("note");
    return id == null
            || target == null
            || place == null
            || because == null
            || approvedBy == null
            || span == null
        ? null
        : new Correction(id, target, place, because, approvedBy, span, note);
  }

  private @Nullable Target target(Document document, MappingReader fields) {
    Document address = fields.optional("address");
    Document agent = fields.optional("agent");
    if (address != null && agent != null) {
      findings.add(
          agent,
          "a correction is about addresses or about an agent, not about both",
          "write one for each");
      return null;
    }
    if (address != null) {
      CidrBlock range = range(address);
      return range == null ? null : new Target.Addresses(range);
    }
    if (agent != null) {
      return agent(agent);
    }
    findings.add(
        document,
        "a correction is about nobody",
        "add address: and a range such as 198.41.0.0/24, or agent: and an agent's id");
    return null;
  }

  private @Nullable Target agent(Document document) {
    String agentId = MappingReader.text(document, findings);
    if (agentId != null && agentId.length() > AgentIdSyntax.MAX_LENGTH) {
      findings.add(
          document,
          "an agent's id of more than " + AgentIdSyntax.MAX_LENGTH + " characters",
          "write the id as the agent sends it");
      return null;
    }
    if (agentId != null && notation == TimeFormat.WRITTEN && !isSendable(agentId)) {
      findings.add(
          document,
          "no agent can send the id "
              + MappingReader.quoted(agentId)
              + ": a space at an end is taken away on the way, with a comma it is two, and a header"
              + " has ASCII characters alone",
          "write one id as the agent sends it, and a correction for each");
      return null;
    }
    if (agentId != null && notation == TimeFormat.WRITTEN && isUuidInUpperCase(agentId)) {
      findings.add(
          document,
          "a UUID is compared in lower case, in which agents send it",
          "write " + agentId.toLowerCase(Locale.ROOT));
      return null;
    }
    return agentId == null ? null : new Target.Agent(agentId);
  }

  private static boolean isSendable(String agentId) {
    return agentId.indexOf(',') < 0 && AgentIdSyntax.isWellFormed(agentId);
  }

  private static boolean isUuidInUpperCase(String agentId) {
    return UUID.matcher(agentId).matches() && !agentId.equals(agentId.toLowerCase(Locale.ROOT));
  }

  private @Nullable CidrBlock range(Document document) {
    String text = MappingReader.text(document, findings);
    if (text == null) {
      return null;
    }
    CidrBlock range;
    try {
      range = CidrBlock.parse(text);
    } catch (IllegalArgumentException e) {
      findings.add(
          document,
          "not a range of addresses: " + MappingReader.quoted(text),
          String.valueOf(e.getMessage()));
      return null;
    }
    int shortest = range.isIpv6() ? SHORTEST_IPV6 : SHORTEST_IPV4;
    if (range.prefixLength() < shortest) {
      findings.add(
          document,
          range + " is too large to be in one place",
          "write ranges of /" + shortest + " or smaller ones");
      return null;
    }
    CidrBlock reserved = SpecialPurposeBlocks.overlapping(range).orElse(null);
    if (reserved != null) {
      findings.add(
          document,
          "no client has a place by an address in " + reserved + ", a special-purpose range",
          reserved.contains(range)
              ? "take it out, or write the address that clients come from"
              : "write the ranges around it");
      return null;
    }
    return range;
  }

  private @Nullable Interval span(MappingReader fields) {
    Document fromWritten = fields.required("from", "2026-11-01 00:00 Europe/Berlin");
    Document untilWritten = fields.required("until", "2027-02-01 00:00 Europe/Berlin");
    TimeParser from = fromWritten == null ? null : notation.read(fromWritten, findings);
    TimeParser until = untilWritten == null ? null : notation.read(untilWritten, findings);
    if (from == null || until == null || untilWritten == null) {
      return null;
    }
    if (!from.time().instant().isBefore(until.time().instant())) {
      findings.add(
          untilWritten,
          "it ends at "
              + until.time().instant()
              + ", before or as it begins at "
              + from.time().instant(),
          "write an end that is later than from");
      return null;
    }
    Interval span = new Interval(from.time(), until.time());
    Instant latest = latestEnd(from, until);
    // Of what is stored, a zone's rules may have changed since.
    if (Correction.isTooLong(span)
        || (notation == TimeFormat.WRITTEN && until.time().instant().isAfter(latest))) {
      findings.add(
          untilWritten,
          "it holds for more than " + Correction.LONGEST.toDays() + " days",
          "end it at " + latest + " or before, and look again then");
      return null;
    }
    return span;
  }

  /** So many days of 24 hours later or, where clocks change in between, as many calendar days. */
  private static Instant latestEnd(TimeParser from, TimeParser until) {
    Instant latest = from.time().instant().plus(Correction.LONGEST);
    for (ZoneId zone : List.of(from.zone(), until.zone())) {
      Instant there =
          from.time().instant().atZone(zone).plusDays(Correction.LONGEST.toDays()).toInstant();
      latest = there.isAfter(latest) ? there : latest;
    }
    return latest;
  }
}
