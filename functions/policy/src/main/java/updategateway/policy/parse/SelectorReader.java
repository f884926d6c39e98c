package updategateway.policy.parse;

import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;
import updategateway.policy.model.ProductSelection;
import updategateway.policy.model.Selector;
import updategateway.policy.source.Document;

/** A reader of lists of products and activities. Each method returns null after a finding. */
final class SelectorReader {
  private static final String ALL = "*";

  private final Diagnostics findings;

  SelectorReader(Diagnostics findings) {
    this.findings = findings;
  }

  /** Returns the products and activities that an exemption or a permit is about. */
  @Nullable Selector read(MappingReader fields) {
    int before = findings.count();
    List<Document> products = fields.optionalList("products", false, "[threat-intelligence]");
    List<Document> activities = fields.optionalList("activities", false, "[informational]");
    ProductSelection selection = products == null ? null : products(fields, products);
    List<Activity> named =
        activities == null ? null : fields.each(activities, SelectorReader::activity);
    return findings.count() > before ? null : new Selector(selection, named);
  }

  /** Returns the products that a list names, or all for {@code ["*"]}. */
  @Nullable ProductSelection products(MappingReader fields, @Nullable List<Document> items) {
    if (items == null) {
      return null;
    }
    List<Document> names = items.stream().filter(item -> !isAll(item)).toList();
    List<Product> products =
        fields.each(
            names,
            (item, all) -> {
              String name = MappingReader.name(item, all);
              return name == null ? null : new Product(name);
            });
    if (names.size() < items.size() && !names.isEmpty()) {
      findings.add(
          items.getFirst(),
          "\"*\" is every product, and others are named beside it",
          "write [\"*\"] or only the names");
      return null;
    }
    if (names.isEmpty()) {
      return new ProductSelection.All();
    }
    return products == null ? null : new ProductSelection.Named(products);
  }

  private static boolean isAll(Document item) {
    return item instanceof Document.Text text && text.value().equals(ALL);
  }

  /** Returns the activity that an item names. */
  static @Nullable Activity activity(Document item, Diagnostics findings) {
    String name = MappingReader.name(item, findings);
    return name == null ? null : new Activity(name);
  }
}
