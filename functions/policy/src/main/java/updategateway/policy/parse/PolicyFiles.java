package updategateway.policy.parse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.model.Correction;
import updategateway.policy.model.Policy;
import updategateway.policy.set.PolicySet;
import updategateway.policy.source.Diagnostic;
import updategateway.policy.source.Document;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.policy.source.Position;
import updategateway.policy.source.YamlReader;

/** Reads the operator's files, or the documents made from them, into a policy set. */
public final class PolicyFiles {
  /** The name of the file that holds the catalog. */
  public static final String CATALOG = "catalog.yaml";

  /** The name of the file that holds the corrections; there need not be one. */
  public static final String CORRECTIONS = "corrections.yaml";

  private PolicyFiles() {}

  /** Whether a file of this name is a policy, and neither the catalog nor the corrections. */
  public static boolean isPolicy(String name) {
    return !name.equals(CATALOG) && !name.equals(CORRECTIONS);
  }

  /**
   * Reads YAML files: the one named {@link #CATALOG}, any number of policies, and perhaps {@link
   * #CORRECTIONS}.
   *
   * @throws InvalidPolicyException with everything that is wrong in any of them, file by file
   */
  public static PolicySet read(List<PolicyFile> files) throws InvalidPolicyException {
    return read(files, List.of());
  }

  /**
   * Likewise, where some files could not be read.
   *
   * @param unreadable what is wrong with those, each under the name of its file
   * @throws InvalidPolicyException with that and everything that is wrong in the others
   */
  public static PolicySet read(List<PolicyFile> files, List<Diagnostic> unreadable)
      throws InvalidPolicyException {
    Diagnostics findings = new Diagnostics();
    return set(whole(files, unreadable, findings), TimeFormat.WRITTEN, findings);
  }

  /**
   * Checks YAML files that need not be a whole set: there may be no catalog among them.
   *
   * @throws InvalidPolicyException with everything that is wrong in any of them, file by file
   */
  public static void check(List<PolicyFile> files) throws InvalidPolicyException {
    Diagnostics findings = new Diagnostics();
    values(documents(files, findings), TimeFormat.WRITTEN, findings);
    if (findings.count() > 0) {
      throw new InvalidPolicyException(findings.inOrder());
    }
  }

  /**
   * Says all that there is to say of YAML files that should be a whole set.
   *
   * @param unreadable what is wrong with files that could not be read, each under its name
   * @param now what is far in the past or future is far from it
   */
  public static ParseResult review(
      List<PolicyFile> files, List<Diagnostic> unreadable, Instant now) {
    Diagnostics findings = new Diagnostics();
    Values values = values(whole(files, unreadable, findings), TimeFormat.WRITTEN, findings);
    List<Diagnostic> doubts = values.doubts(now, findings);
    PolicySet set =
        values.catalog() == null || findings.count() > 0 ? null : values.set(values.catalog());
    return new ParseResult(set, findings.inOrder(), doubts, values.notes());
  }

  /** Likewise, of files that need not be a whole set: there may be no catalog among them. */
  public static ParseResult reviewParts(
      List<PolicyFile> files, List<Diagnostic> unreadable, Instant now) {
    Diagnostics findings = new Diagnostics();
    unreadable.forEach(findings::addUnreadable);
    Values values = values(documents(files, findings), TimeFormat.WRITTEN, findings);
    List<Diagnostic> doubts = values.doubts(now, findings);
    return new ParseResult(null, findings.inOrder(), doubts, values.notes());
  }

  private static Documents whole(
      List<PolicyFile> files, List<Diagnostic> unreadable, Diagnostics findings) {
    unreadable.forEach(findings::addUnreadable);
    boolean hasCatalog =
        Stream.concat(
                files.stream().map(PolicyFile::name),
                unreadable.stream().map(finding -> finding.position().file()))
            .anyMatch(CATALOG::equals);
    Documents documents = documents(files, findings);
    if (!hasCatalog) {
      findings.add(
          new Position(CATALOG, 0, ""),
          "there is no catalog among the files",
          "write one: which path is which product and activity");
    }
    return documents;
  }

  private record Documents(
      @Nullable Document catalog, List<Document> policies, @Nullable Document corrections) {}

  private static Documents documents(List<PolicyFile> files, Diagnostics findings) {
    Document catalog = null;
    Document corrections = null;
    List<Document> policies = new ArrayList<>();
    for (PolicyFile file : files) {
      Document document =
          YamlReader.read(file.name(), file.text(), findings::addUnreadable).orElse(null);
      if (document != null && file.name().equals(CATALOG)) {
        catalog = document;
      } else if (document != null && file.name().equals(CORRECTIONS)) {
        corrections = document;
      } else if (document != null) {
        policies.add(document);
      }
    }
    return new Documents(catalog, policies, corrections);
  }

  /** Likewise, without corrections. */
  public static PolicySet readDocuments(Document catalog, List<Document> policies)
      throws InvalidPolicyException {
    return readDocuments(catalog, policies, null);
  }

  /**
   * Reads documents in the files' notation, as CloudFormation hands them on.
   *
   * @param corrections null for none
   * @throws InvalidPolicyException with everything that is wrong in any of them
   */
  public static PolicySet readDocuments(
      Document catalog, List<Document> policies, @Nullable Document corrections)
      throws InvalidPolicyException {
    return set(
        new Documents(catalog, policies, corrections), TimeFormat.WRITTEN, new Diagnostics());
  }

  /** Likewise, without corrections. */
  public static PolicySet readCanonical(Document catalog, List<Document> policies)
      throws InvalidPolicyException {
    return readCanonical(catalog, policies, null);
  }

  /**
   * Reads documents in canonical form ({@link updategateway.policy.set.CanonicalForm}), as a store
   * keeps them.
   *
   * @param corrections null for none
   * @throws InvalidPolicyException with everything that is wrong in any of them
   */
  public static PolicySet readCanonical(
      Document catalog, List<Document> policies, @Nullable Document corrections)
      throws InvalidPolicyException {
    return set(
        new Documents(catalog, policies, corrections), TimeFormat.CANONICAL, new Diagnostics());
  }

  private static PolicySet set(Documents documents, TimeFormat notation, Diagnostics findings)
      throws InvalidPolicyException {
    Values values = values(documents, notation, findings);
    if (values.catalog() == null || findings.count() > 0) {
      throw new InvalidPolicyException(findings.inOrder());
    }
    return values.set(values.catalog());
  }

  private record Values(
      @Nullable Parsed<Catalog> written,
      List<Parsed<Policy>> policies,
      List<Parsed<Correction>> corrections) {
    @Nullable Catalog catalog() {
      return written == null ? null : written.value();
    }

    PolicySet set(Catalog whole) {
      return PolicySet.of(
          whole,
          policies.stream().map(Parsed::value).toList(),
          corrections.stream().map(Parsed::value).toList());
    }

    List<Diagnostic> doubts(Instant now, Diagnostics mistakes) {
      return Lint.of(written, policies, corrections, now, mistakes);
    }

    List<Diagnostic> notes() {
      return PlaceNotes.of(policies);
    }
  }

  private static Values values(Documents documents, TimeFormat notation, Diagnostics findings) {
    Catalog catalog =
        documents.catalog() == null
            ? null
            : new CatalogReader(notation, findings).read(documents.catalog());
    List<Parsed<Correction>> corrections =
        documents.corrections() == null
            ? List.of()
            : new CorrectionsReader(notation, findings).read(documents.corrections());
    PolicyReader reader = new PolicyReader(notation, findings);
    List<Parsed<Policy>> policies = new ArrayList<>();
    Map<String, Document> byId = new HashMap<>();
    for (Document document : documents.policies()) {
      if (document instanceof Document.Mapping mapping
          && mapping.get("id").orElse(null) instanceof Document.Text id) {
        Document earlier = byId.putIfAbsent(id.value(), document);
        if (earlier != null) {
          findings.add(
              id,
              "the policy in "
                  + earlier.position().file()
                  + " has the id "
                  + MappingReader.quoted(id.value())
                  + " too",
              "give each policy an id of its own");
        }
      }
      Policy policy = reader.read(document);
      if (policy != null) {
        policies.add(new Parsed<>(policy, document));
      }
    }
    Parsed<Catalog> written =
        catalog == null || documents.catalog() == null
            ? null
            : new Parsed<>(catalog, documents.catalog());
    if (notation == TimeFormat.WRITTEN) {
      // What was stored did fit.
      SizeCheck.check(written, policies, corrections, findings);
    }
    return new Values(written, policies, corrections);
  }
}
