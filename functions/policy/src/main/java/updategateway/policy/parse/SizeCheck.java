package updategateway.policy.parse;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.model.Correction;
import updategateway.policy.model.Policy;
import updategateway.policy.set.CanonicalForm;
import updategateway.policy.set.SizeLimits;
import updategateway.policy.source.Document;

/** Whether what was read from the operator's files fits into the table. */
final class SizeCheck {
  private final Diagnostics findings;
  private int all;

  private SizeCheck(Diagnostics findings) {
    this.findings = findings;
  }

  static void check(
      @Nullable Parsed<Catalog> catalog,
      List<Parsed<Policy>> policies,
      List<Parsed<Correction>> corrections,
      Diagnostics findings) {
    SizeCheck check = new SizeCheck(findings);
    for (Parsed<Policy> policy : policies) {
      check.item(
          policy.document(),
          "the policy",
          CanonicalForm.policy(policy.value()),
          "split it into policies of fewer products, places or permits each, or shorten its notes");
    }
    if (!corrections.isEmpty()) {
      check.item(
          corrections.getFirst().document(),
          "the list of corrections",
          CanonicalForm.corrections(corrections.stream().map(Parsed::value).toList()),
          "take out those that are over, or write one address range for many");
    }
    if (catalog != null) {
      check.item(
          catalog.document(),
          "the catalog",
          CanonicalForm.catalog(catalog.value()),
          "let one route with {product}, * or ** stand for many");
      if (check.all > SizeLimits.SET) {
        findings.add(
            catalog.document(),
            "it makes a policy set of "
                + bytes(check.all)
                + ", and one may have "
                + bytes(SizeLimits.SET),
            "put policies that refuse the same into one, and let one route stand for many");
      }
    }
  }

  private void item(Document document, String what, Document.Mapping item, String remedy) {
    int size = SizeLimits.itemBytes(item);
    all += size;
    if (size > SizeLimits.ITEM) {
      findings.add(
          document,
          what
              + " takes "
              + bytes(size)
              + " as it is stored, and an item of DynamoDB has room for "
              + bytes(SizeLimits.ITEM),
          remedy);
    }
  }

  private static String bytes(int count) {
    return String.format(Locale.ROOT, "%,d bytes", count);
  }
}
