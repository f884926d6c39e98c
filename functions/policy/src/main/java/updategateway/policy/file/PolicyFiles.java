package updategateway.policy.file;

import java.util.List;
import updategateway.policy.document.Document;
import updategateway.policy.document.InvalidDocumentException;
import updategateway.policy.set.PolicySet;

/** Reads the operator's files, or the documents made from them, into a policy set. */
public final class PolicyFiles {
  private PolicyFiles() {}

  /**
   * Reads YAML files.
   *
   * @throws InvalidDocumentException with everything that is wrong in any of them
   */
  public static PolicySet read(List<PolicyFile> files) throws InvalidDocumentException {
    return notYet(1);
  }

  /**
   * Reads documents in the files' notation, as CloudFormation hands them on.
   *
   * @throws InvalidDocumentException with everything that is wrong in any of them
   */
  public static PolicySet readDocuments(Document catalog, List<Document> policies)
      throws InvalidDocumentException {
    return notYet(1);
  }

  /**
   * Reads documents in canonical form ({@link updategateway.policy.set.CanonicalForm}), as a store
   * keeps them.
   *
   * @throws InvalidDocumentException with everything that is wrong in any of them
   */
  public static PolicySet readCanonical(Document catalog, List<Document> policies)
      throws InvalidDocumentException {
    return notYet(1);
  }

  private static PolicySet notYet(int i) {
    if (i > 0) {
      throw new UnsupportedOperationException("not yet");
    }
    return PolicySet.of(new updategateway.policy.catalog.Catalog(List.of()), List.of());
  }
}
