package updategateway.policy.set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import updategateway.place.Place;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.catalog.FileNames;
import updategateway.policy.catalog.Route;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Correction;
import updategateway.policy.model.Exemption;
import updategateway.policy.model.InstantFormat;
import updategateway.policy.model.Interval;
import updategateway.policy.model.LegalInstant;
import updategateway.policy.model.Permit;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;
import updategateway.policy.model.PolicyBasis;
import updategateway.policy.model.Product;
import updategateway.policy.model.ProductSelection;
import updategateway.policy.model.Scope;
import updategateway.policy.model.Selector;
import updategateway.policy.source.Document;
import updategateway.policy.source.Position;

/**
 * The one form in which policies and the catalog are stored, compared and hashed.
 *
 * <p>It has the keys of the files. Places are canonical, subjects in alphabetical order, and each
 * time is a mapping of the {@code instant} in UTC and of what was {@code written}. What is absent
 * is left out, and so is the default {@code basis: law}, written or not. The JSON is that of RFC
 * 8785 (keys sorted by UTF-16 code units, no white space); a set is {@code
 * {"catalog":…,"corrections":[…],"policies":[…]}} with policies and corrections ordered by id, and
 * no corrections where there are none.
 */
public final class CanonicalForm {
  private static final JsonFactory JSON = new JsonFactory();

  private CanonicalForm() {}

  /** The SHA-256 of the set's canonical JSON. */
  public static Digest digest(
      Catalog catalog, List<Policy> policies, List<Correction> corrections) {
    Document.Mapping set =
        new Fields()
            .put("catalog", catalog(catalog))
            .put("policies", list(policies, CanonicalForm::policy))
            .putUnlessEmpty("corrections", corrections, CanonicalForm::correction)
            .done();
    return Digest.ofBytes(json(set));
  }

  /** Whether the canonical JSON of both is the same. Neither has a key twice in one mapping. */
  public static boolean areSame(Document one, Document other) {
    if (one instanceof Document.Text text) {
      return other instanceof Document.Text that && text.value().equals(that.value());
    }
    if (one instanceof Document.Sequence sequence) {
      return other instanceof Document.Sequence that && areSame(sequence.items(), that.items());
    }
    return one instanceof Document.Mapping mapping
        && other instanceof Document.Mapping that
        && haveSame(mapping.fields(), that.fields());
  }

  private static boolean areSame(List<Document> items, List<Document> others) {
    boolean same = items.size() == others.size();
    for (int i = 0; i < items.size() && same; i++) {
      same = areSame(items.get(i), others.get(i));
    }
    return same;
  }

  private static boolean haveSame(List<Document.Field> fields, List<Document.Field> others) {
    Map<String, Document> values = new HashMap<>();
    for (Document.Field other : others) {
      values.put(other.key(), other.value());
    }
    boolean same = fields.size() == others.size();
    for (int i = 0; i < fields.size() && same; i++) {
      Document value = values.get(fields.get(i).key());
      same = value != null && areSame(fields.get(i).value(), value);
    }
    return same;
  }

  /** A policy's document. */
  public static Document.Mapping policy(Policy policy) {
    return new Fields()
        .put("id", policy.id())
        .put("title", policy.title())
        .put("authority", policy.authority())
        .put("citation", policy.citation())
        .put("reference", policy.reference() == null ? null : policy.reference().toString())
        .put("basis", policy.basis() == PolicyBasis.LAW ? null : word(policy.basis()))
        .put("scope", scope(policy.scope()))
        .put("products", products(policy.products()))
        .putUnlessEmpty("exemptions", policy.exemptions(), CanonicalForm::exemption)
        .put("phases", list(policy.phases(), CanonicalForm::phase))
        .putUnlessEmpty("permits", policy.permits(), CanonicalForm::permit)
        .put("undetermined", word(policy.undetermined()))
        .put("note", policy.note())
        .done();
  }

  /** The catalog's document. */
  public static Document.Mapping catalog(Catalog catalog) {
    return new Fields().put("routes", list(catalog.routes(), CanonicalForm::route)).done();
  }

  /** The document of the corrections. */
  public static Document.Mapping corrections(List<Correction> corrections) {
    return new Fields().put("corrections", list(corrections, CanonicalForm::correction)).done();
  }

  /** The document as JSON by RFC 8785, in UTF-8. */
  public static byte[] json(Document document) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      write(document, out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static void write(Document document, JsonGenerator out) throws IOException {
    if (document instanceof Document.Text text) {
      out.writeString(text.value());
    } else if (document instanceof Document.Sequence sequence) {
      out.writeStartArray();
      for (Document item : sequence.items()) {
        write(item, out);
      }
      out.writeEndArray();
    } else {
      out.writeStartObject();
      for (Document.Field field :
          ((Document.Mapping) document)
              .fields().stream()
                  .sorted((one, other) -> one.key().compareTo(other.key()))
                  .toList()) {
        out.writeFieldName(field.key());
        write(field.value(), out);
      }
      out.writeEndObject();
    }
  }

  private static Document scope(Scope scope) {
    return new Fields()
        .put("locations", list(scope.locations(), CanonicalForm::place))
        .putUnlessEmpty("except", scope.except(), CanonicalForm::place)
        .put(
            "subjects",
            list(
                scope.subjects().stream().map(CanonicalForm::word).sorted().toList(),
                CanonicalForm::text))
        .put("note", scope.note())
        .done();
  }

  private static Document exemption(Exemption exemption) {
    return new Fields().matter(exemption.matter()).put("note", exemption.note()).done();
  }

  private static Document phase(Phase phase) {
    return new Fields()
        .put("id", phase.id())
        .span(phase.span())
        .put("refuses", list(phase.refuses(), CanonicalForm::activity))
        .put("note", phase.note())
        .done();
  }

  private static Document permit(Permit permit) {
    return new Fields()
        .put("id", permit.id())
        .span(permit.span())
        .matter(permit.matter())
        .put("citation", permit.citation())
        .put("note", permit.note())
        .done();
  }

  private static Document route(Route route) {
    return new Fields()
        .put("path", route.path().toString())
        .put("product", route.product() == null ? null : route.product().name())
        .put("activity", route.activity().name())
        .put("names", route.names() == FileNames.ANY ? word(route.names()) : null)
        .put("note", route.note())
        .done();
  }

  /** A correction's document. */
  public static Document.Mapping correction(Correction correction) {
    Fields fields = new Fields().put("id", correction.id());
    switch (correction.target()) {
      case Correction.Target.Addresses addresses ->
          fields.put("address", addresses.range().toString());
      case Correction.Target.Agent agent -> fields.put("agent", agent.agentId());
    }
    return fields
        .put("place", correction.place().code())
        .put("because", correction.because())
        .put("approved-by", correction.approvedBy())
        .span(correction.span())
        .put("note", correction.note())
        .done();
  }

  private static Document products(ProductSelection products) {
    return products instanceof ProductSelection.Named named
        ? list(named.products(), CanonicalForm::product)
        : list(List.of("*"), CanonicalForm::text);
  }

  private static Document time(LegalInstant time) {
    return new Fields()
        .put("instant", InstantFormat.format(time.instant()))
        .put("written", time.written())
        .done();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Document place(Place place) {
    return text(place.code());
  }

  private static Document activity(Activity activity) {
    return text(activity.name());
  }

  private static Document product(Product product) {
    return text(product.name());
  }

  private static Document text(String value) {
    return new Document.Text(value, Position.NONE);
  }

  private static <T> Document list(List<T> items, Function<T, Document> form) {
    return new Document.Sequence(items.stream().map(form).toList(), Position.NONE);
  }

  /** Gathers the fields that are there. */
  private static final class Fields {
    private final List<Document.Field> fields = new ArrayList<>();

    Fields put(String key, Document value) {
      fields.add(new Document.Field(key, Position.NONE, value));
      return this;
    }

    Fields put(String key, @Nullable String value) {
      return value == null ? this : put(key, text(value));
    }

    <T> Fields putUnlessEmpty(String key, List<T> items, Function<T, Document> form) {
      return items.isEmpty() ? this : put(key, list(items, form));
    }

    Fields span(Interval span) {
      put("from", time(span.from()));
      return span.until() == null ? this : put("until", time(span.until()));
    }

    Fields matter(Selector matter) {
      if (matter.products() != null) {
        put("products", products(matter.products()));
      }
      return matter.activities() == null
          ? this
          : put("activities", list(matter.activities(), CanonicalForm::activity));
    }

    Document.Mapping done() {
      return new Document.Mapping(fields, Position.NONE);
    }
  }
}
