package updategateway.policy.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import updategateway.policy.catalog.CaseFolding;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.catalog.FileNames;
import updategateway.policy.catalog.PathPattern;
import updategateway.policy.catalog.Route;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;
import updategateway.policy.source.Document;

/** Reads the catalog; each method answers null after a finding. */
final class CatalogReader {
  static final List<String> CATALOG_KEYS = List.of("routes");
  static final List<String> ROUTE_KEYS = List.of("path", "product", "activity", "names", "note");

  private static final String ANY_NAMES = "any";

  private final TimeFormat notation;
  private final Diagnostics findings;

  CatalogReader(TimeFormat notation, Diagnostics findings) {
    this.notation = notation;
    this.findings = findings;
  }

  /** The catalog, or null when anything in it is wrong. */
  @Nullable Catalog read(Document document) {
    int before = findings.count();
    MappingReader fields =
        MappingReader.of(document, "the catalog", CATALOG_KEYS, findings).orElse(null);
    List<Document> items =
        fields == null
            ? null
            : fields.requiredList(
                "routes",
                "[{path: /bases/**, product: endpoint-security, activity: signature-update}]");
    if (items == null) {
      return null;
    }
    List<Route> routes = new ArrayList<>();
    Map<String, Document> byFoldedPath = new HashMap<>();
    for (Document item : items) {
      Route route = route(item);
      if (route != null) {
        routes.add(route);
        checkCase(route.path(), DocumentPaths.at(item, "path"), byFoldedPath);
      }
    }
    return findings.count() > before ? null : new Catalog(routes);
  }

  private @Nullable Route route(Document document) {
    MappingReader fields = MappingReader.of(document, "a route", ROUTE_KEYS, findings).orElse(null);
    if (fields == null) {
      return null;
    }
    Document pathWritten = fields.required("path", "/bases/**");
    PathPattern path = path(pathWritten);
    boolean pathNamesProduct =
        pathWritten instanceof Document.Text text && text.value().contains("{product}");
    Document written = fields.optional("product");
    String product = written == null ? null : MappingReader.name(written, findings);
    String activity = fields.requiredName("activity", "signature-update");
    FileNames names = names(fields);
    String note = fields.optionalText("note");
    if (pathNamesProduct && written != null) {
      findings.add(
          written,
          "the path names the product, and so does the route",
          "keep {product} in the path or this line");
      return null;
    }
    if (!pathNamesProduct && written == null) {
      findings.add(
          document,
          "a route has no product",
          "add product: and its name, or a segment {product} to the path");
      return null;
    }
    if (path == null || activity == null || names == null || (written != null && product == null)) {
      return null;
    }
    return new Route(
        path, product == null ? null : new Product(product), new Activity(activity), names, note);
  }

  /** Reports a pattern that differs from an earlier one in upper and lower case only. */
  private void checkCase(PathPattern path, Document document, Map<String, Document> byFoldedPath) {
    Document earlier = byFoldedPath.putIfAbsent(CaseFolding.fold(path.toString()), document);
    if (notation == TimeFormat.WRITTEN
        && earlier != null
        && !DocumentPaths.text(earlier).equals(path.toString())) {
      findings.add(
          document,
          "the path differs from "
              + MappingReader.quoted(DocumentPaths.text(earlier))
              + " ("
              + earlier.position()
              + ") only in upper and lower case",
          "keep one of the two routes: for clients to whom a policy refuses something both are one"
              + " path");
    }
  }

  /** Reads the optional key; null when its value is wrong. */
  private @Nullable FileNames names(MappingReader fields) {
    Document written = fields.optional("names");
    if (written == null) {
      return FileNames.PORTABLE;
    }
    String value = MappingReader.text(written, findings);
    if (ANY_NAMES.equals(value)) {
      return FileNames.ANY;
    }
    if (value != null) {
      findings.add(
          written,
          "names has the value `any` or is left out, not " + MappingReader.quoted(value),
          "write names: any if the origin compares file names exactly (S3, CloudFront, nginx), or"
              + " leave the key out");
    }
    return null;
  }

  private @Nullable PathPattern path(@Nullable Document document) {
    String text = document == null ? null : MappingReader.text(document, findings);
    if (document == null || text == null) {
      return null;
    }
    try {
      return PathPattern.parse(text);
    } catch (IllegalArgumentException e) {
      findings.add(
          document,
          "not a path pattern: " + MappingReader.quoted(text),
          String.valueOf(e.getMessage()));
      return null;
    }
  }
}
