package updategateway.store.sets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import updategateway.policy.model.Policy;
import updategateway.policy.parse.PolicyFiles;
import updategateway.policy.set.CanonicalForm;
import updategateway.policy.set.Digest;
import updategateway.policy.set.PolicySet;
import updategateway.policy.set.SizeLimits;
import updategateway.policy.source.Diagnostic;
import updategateway.policy.source.Document;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.store.dynamodb.Attribute;
import updategateway.store.dynamodb.CorruptionKind;
import updategateway.store.dynamodb.Item;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.Table;
import updategateway.store.dynamodb.TableSchema;

/**
 * A set's items: one for the catalog, one for each policy, and one for the corrections where there
 * are any, written once and never changed.
 *
 * <p>Whatever the table holds, no more of it is read than a set may have, and nothing is given out
 * but the set whose name was asked for.
 */
public final class PolicySetItemCodec {
  /** Of a megabyte each. */
  private static final int MOST_PAGES = 4;

  /** Of a sentence in the log: what is wrong may itself be of any length. */
  private static final int LONGEST_REASON = 600;

  private final Table table;

  public PolicySetItemCodec(Table table) {
    this.table = table;
  }

  /**
   * Writes what is not there yet, and reads the set back.
   *
   * @throws PolicyStoreException when the whole set is not there afterwards
   */
  public void write(PolicySet set) throws PolicyStoreException {
    Map<String, Document.Mapping> items = documents(set);
    checkSize(items);
    for (Map.Entry<String, Document.Mapping> item : items.entrySet()) {
      Map<String, Attribute> attributes = new HashMap<>(DocumentAttributes.of(item.getValue()));
      attributes.putAll(Item.key(TableSchema.SET + set.digest().hex(), item.getKey()));
      attributes.put(TableSchema.SCHEMA, Attribute.fromS(TableSchema.SCHEMA_NOW));
      // What is there already was written by an earlier deployment, or by one that stopped here;
      // reading back tells whether rightly.
      table.putNew("write the policy set", attributes);
    }
    readBack(set);
  }

  /** What is written of a set, by sort key. */
  private static Map<String, Document.Mapping> documents(PolicySet set) {
    Map<String, Document.Mapping> documents = new HashMap<>();
    documents.put(TableSchema.CATALOG, CanonicalForm.catalog(set.catalog()));
    for (Policy policy : set.policies()) {
      documents.put(TableSchema.POLICY + policy.id(), CanonicalForm.policy(policy));
    }
    if (!set.corrections().isEmpty()) {
      documents.put(TableSchema.CORRECTIONS, CanonicalForm.corrections(set.corrections()));
    }
    return documents;
  }

  private void readBack(PolicySet set) throws PolicyStoreException {
    try {
      if (!read(set.digest()).equals(set)) {
        throw corrupt(
            set.digest(), CorruptionKind.ALTERED, "another set came back than was written");
      }
    } catch (PolicyStoreException.Corrupt e) {
      throw new PolicyStoreException.Corrupt(
          e.corruptionKind(),
          e.getMessage()
              + ". What stands in the table is never written over: find out who changed it, and"
              + " deploy with some word changed (a note will do), so that the set gets a name of"
              + " its own");
    }
  }

  private static void checkSize(Map<String, Document.Mapping> items)
      throws PolicyStoreException.Unstorable {
    int all = 0;
    for (Map.Entry<String, Document.Mapping> item : items.entrySet()) {
      int size = SizeLimits.itemBytes(item.getValue());
      all += size;
      if (size > SizeLimits.ITEM) {
        throw new PolicyStoreException.Unstorable(
            item.getKey()
                + " takes "
                + size
                + " bytes and DynamoDB keeps "
                + SizeLimits.ITEM
                + ": split it");
      }
    }
    if (all > SizeLimits.SET) {
      throw new PolicyStoreException.Unstorable(
          "the set takes " + all + " bytes and may take " + SizeLimits.SET);
    }
  }

  /**
   * The set of this name, verified against it.
   *
   * @throws PolicyStoreException when it cannot be read, or is not what its name says
   */
  public PolicySet read(Digest digest) throws PolicyStoreException {
    List<Map<String, Attribute>> items =
        table
            .items(TableSchema.SET + digest.hex(), MOST_PAGES)
            .orElseThrow(() ->
                corrupt(
                    digest,
                    CorruptionKind.OVERSIZED,
                    "there is more than " + MOST_PAGES + " MB of it"));
    try {
      return set(digest, items);
    } catch (InvalidPolicyException e) {
      List<Diagnostic> findings = e.findings();
      throw corrupt(
          digest,
          CorruptionKind.ILL_FORMED,
          findings.getFirst()
              + (findings.size() == 1 ? "" : "; and " + (findings.size() - 1) + " more"));
    } catch (RuntimeException | StackOverflowError e) {
      throw corrupt(digest, CorruptionKind.ILL_FORMED, "reading it fails: " + e);
    }
  }

  private static PolicySet set(Digest digest, List<Map<String, Attribute>> items)
      throws PolicyStoreException, InvalidPolicyException {
    Document catalog = null;
    Document corrections = null;
    List<Document> policies = new ArrayList<>();
    Map<String, Document.Mapping> read = new HashMap<>();
    for (Map<String, Attribute> item : items) {
      String sk = Item.text(item, TableSchema.SK);
      if (!Attribute.fromS(TableSchema.SCHEMA_NOW).equals(item.get(TableSchema.SCHEMA))) {
        throw corrupt(
            digest,
            CorruptionKind.SCHEMA,
            "the item "
                + sk
                + " has the schema "
                + item.get(TableSchema.SCHEMA)
                + ", known is "
                + TableSchema.SCHEMA_NOW);
      }
      Map<String, Attribute> attributes = new HashMap<>(item);
      attributes.keySet().removeAll(List.of(TableSchema.PK, TableSchema.SK, TableSchema.SCHEMA));
      Document.Mapping document = document(digest, attributes, sk);
      read.put(sk, document);
      if (sk.equals(TableSchema.CATALOG)) {
        catalog = document;
      } else if (sk.startsWith(TableSchema.POLICY)) {
        policies.add(document);
      } else if (sk.equals(TableSchema.CORRECTIONS)) {
        corrections = document;
      } else {
        throw corrupt(digest, CorruptionKind.FOREIGN, "the item " + sk + " belongs to no set");
      }
    }
    if (catalog == null) {
      throw corrupt(
          digest,
          CorruptionKind.MISSING,
          items.isEmpty() ? "it is not in the table" : "it has no catalog");
    }
    PolicySet set = PolicyFiles.readCanonical(catalog, policies, corrections);
    if (!set.digest().equals(digest)) {
      throw corrupt(digest, CorruptionKind.ALTERED, "its items make the set " + set.digest());
    }
    requireAsWritten(set, read);
    return set;
  }

  /**
   * That a set decides as it should does not mean that nobody touched it: another spelling of a
   * time, or an item that says nothing, is not what was written.
   */
  private static void requireAsWritten(PolicySet set, Map<String, Document.Mapping> read)
      throws PolicyStoreException.Corrupt {
    Map<String, Document.Mapping> written = documents(set);
    for (Map.Entry<String, Document.Mapping> item : read.entrySet()) {
      Document.Mapping own = written.get(item.getKey());
      if (own == null || !CanonicalForm.areSame(own, item.getValue())) {
        throw corrupt(
            set.digest(),
            CorruptionKind.ALTERED,
            "the item "
                + item.getKey()
                + (own == null ? " says nothing that the set has" : " is not as it was written"));
      }
    }
    // None is missing: without it, it would not be this set.
  }

  private static Document.Mapping document(
      Digest digest, Map<String, Attribute> attributes, String sk)
      throws PolicyStoreException.Corrupt {
    try {
      return DocumentAttributes.mapping(attributes, sk);
    } catch (PolicyStoreException.Corrupt e) {
      throw corrupt(digest, e.corruptionKind(), String.valueOf(e.getMessage()));
    }
  }

  private static PolicyStoreException.Corrupt corrupt(
      Digest digest, CorruptionKind corruptionKind, String why) {
    String all = "the policy set " + digest + " does not verify: " + why;
    return new PolicyStoreException.Corrupt(
        corruptionKind,
        all.length() > LONGEST_REASON ? all.substring(0, LONGEST_REASON) + "…" : all);
  }
}
