package updategateway.policy.parse;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import updategateway.place.Place;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Exemption;
import updategateway.policy.model.Interval;
import updategateway.policy.model.Permit;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;
import updategateway.policy.model.PolicyBasis;
import updategateway.policy.model.ProductSelection;
import updategateway.policy.model.Scope;
import updategateway.policy.model.ScopeBasis;
import updategateway.policy.model.Selector;
import updategateway.policy.model.UndeterminedAction;
import updategateway.policy.source.Document;

/**
 * A reader of one policy of a policy file. With {@link IntervalReader} and {@link SelectorReader}
 * it checks every rule of the format. Each method returns null after a finding.
 */
final class PolicyReader {
  static final List<String> POLICY_KEYS =
      List.of(
          "id",
          "title",
          "authority",
          "citation",
          "reference",
          "basis",
          "scope",
          "products",
          "exemptions",
          "phases",
          "permits",
          "undetermined",
          "note");
  static final List<String> SCOPE_KEYS = List.of("locations", "except", "subjects", "note");
  static final List<String> EXEMPTION_KEYS = List.of("products", "activities", "note");
  static final List<String> PHASE_KEYS = List.of("id", "from", "until", "refuses", "note");
  static final List<String> PERMIT_KEYS =
      List.of("id", "from", "through", "until", "products", "activities", "citation", "note");

  private final TimeFormat notation;
  private final Diagnostics findings;
  private final IntervalReader intervals;
  private final SelectorReader selectors;

  PolicyReader(TimeFormat notation, Diagnostics findings) {
    this.notation = notation;
    this.findings = findings;
    this.intervals = new IntervalReader(notation, findings);
    this.selectors = new SelectorReader(findings);
  }

  /** The policy, or null when anything in it is wrong. */
  @Nullable Policy read(Document document) {
    int before = findings.count();
    MappingReader fields =
        MappingReader.of(document, "a policy", POLICY_KEYS, findings).orElse(null);
    if (fields == null) {
      return null;
    }
    String id = fields.requiredName("id", "us-icts-2021-002");
    String title = fields.requiredText("title", "what people call it");
    String authority = fields.requiredText("authority", "who ordered it");
    String citation = fields.requiredText("citation", "where it is written");
    URI reference = reference(fields.optional("reference"));
    PolicyBasis basis =
        fields.has("basis")
            ? word(
                fields.optional("basis"),
                Map.of("law", PolicyBasis.LAW, "operator", PolicyBasis.OPERATOR))
            : PolicyBasis.LAW;
    Scope scope = scope(fields.required("scope", "{locations: [US], subjects: [located]}"));
    ProductSelection products =
        selectors.products(fields, fields.requiredList("products", "[\"*\"]"));
    List<Exemption> exemptions =
        each(
            fields.optionalList("exemptions", true, "[{activities: [informational]}]"),
            this::exemption);
    List<Phase> phases =
        each(
            fields.requiredList(
                "phases",
                "[{id: updates, from: 2024-09-29 00:00 America/New_York, refuses: [patch-update]}]"),
            this::phase);
    List<Permit> permits =
        each(
            fields.optionalList(
                "permits", true, "[{id: licence, from: …, through: …, citation: …}]"),
            this::permit);
    UndeterminedAction undetermined =
        word(
            fields.required("undetermined", "refuse"),
            Map.of("refuse", UndeterminedAction.REFUSE, "serve", UndeterminedAction.SERVE));
    String note = fields.optionalText("note");
    if (findings.count() > before
        || id == null
        || title == null
        || authority == null
        || citation == null
        || basis == null
        || scope == null
        || products == null
        || undetermined == null) {
      return null;
    }
    return new Policy(
        id,
        title,
        authority,
        citation,
        reference,
        basis,
        scope,
        products,
        exemptions,
        phases,
        permits,
        undetermined,
        note);
  }

  private @Nullable URI reference(@Nullable Document document) {
    String text = document == null ? null : MappingReader.text(document, findings);
    if (document == null || text == null) {
      return null;
    }
    try {
      URI uri = new URI(text);
      // Schemes have no case (RFC 3986, 3.1).
      if (("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
          && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Answered below, like any other text that is no address.
    }
    findings.add(
        document,
        "not a web address: " + MappingReader.quoted(text),
        "write it like https://www.federalregister.gov/d/2024-13532");
    return null;
  }

  private @Nullable Place place(Document document, Diagnostics to) {
    return PlaceParser.read(document, notation, to);
  }

  private @Nullable Scope scope(@Nullable Document document) {
    MappingReader fields =
        document == null
            ? null
            : MappingReader.of(document, "the scope", SCOPE_KEYS, findings).orElse(null);
    if (fields == null) {
      return null;
    }
    List<Place> locations = fields.each(fields.requiredList("locations", "[US, PR]"), this::place);
    List<Document> left = fields.optionalList("except", true, "[US-PR]");
    List<Place> except = left == null ? List.of() : fields.each(left, this::place);
    Map<String, ScopeBasis> words =
        Map.of("located", ScopeBasis.LOCATED, "registered", ScopeBasis.REGISTERED);
    List<ScopeBasis> subjects =
        fields.each(
            fields.requiredList("subjects", "[located, registered]"),
            (item, _) -> word(item, words));
    String note = fields.optionalText("note");
    return locations == null || except == null || subjects == null
        ? null
        : new Scope(locations, except, Set.copyOf(subjects), note);
  }

  private @Nullable Exemption exemption(Document document) {
    MappingReader fields =
        MappingReader.of(document, "an exemption", EXEMPTION_KEYS, findings).orElse(null);
    if (fields == null) {
      return null;
    }
    boolean named = fields.has("products") || fields.has("activities");
    if (!named) {
      findings.add(
          document, "an exemption from everything", "name its products, its activities or both");
    }
    Selector matter = selectors.read(fields);
    String note = fields.optionalText("note");
    return matter == null || !named ? null : new Exemption(matter, note);
  }

  private @Nullable Phase phase(Document document) {
    MappingReader fields = MappingReader.of(document, "a phase", PHASE_KEYS, findings).orElse(null);
    if (fields == null) {
      return null;
    }
    String id = fields.requiredName("id", "updates");
    Interval span = intervals.openEnded(fields);
    List<Activity> refuses =
        fields.each(
            fields.requiredList("refuses", "[signature-update, patch-update]"),
            SelectorReader::activity);
    String note = fields.optionalText("note");
    return id == null || span == null || refuses == null
        ? null
        : new Phase(id, span, refuses, note);
  }

  private @Nullable Permit permit(Document document) {
    MappingReader fields =
        MappingReader.of(document, "a permit", PERMIT_KEYS, findings).orElse(null);
    if (fields == null) {
      return null;
    }
    String id = fields.requiredName("id", "general-licence");
    Interval span = intervals.ending(document, fields);
    Selector matter = selectors.read(fields);
    String citation = fields.requiredText("citation", "where the licence is written");
    String note = fields.optionalText("note");
    return id == null || span == null || matter == null || citation == null
        ? null
        : new Permit(id, span, matter, citation, note);
  }

  private <T> @Nullable T word(@Nullable Document document, Map<String, T> words) {
    String text = document == null ? null : MappingReader.text(document, findings);
    if (document == null || text == null) {
      return null;
    }
    T meant = words.get(text);
    if (meant == null) {
      findings.add(
          document,
          MappingReader.quoted(text) + " is not one of the words for this",
          "write " + String.join(" or ", words.keySet().stream().sorted().toList()));
    }
    return meant;
  }

  /** Each item read; items with an id may not share one. Empty for no list. */
  private <T> List<T> each(
      @Nullable List<Document> items, Function<Document, @Nullable T> reading) {
    List<T> all = new ArrayList<>();
    Map<String, Document> byId = new HashMap<>();
    for (Document item : items == null ? List.<Document>of() : items) {
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
        }
      }
      T read = reading.apply(item);
      if (read != null) {
        all.add(read);
      }
    }
    return all;
  }
}
