package updategateway.policy.set;

import updategateway.policy.source.Document;

/**
 * The sizes that the services take which a policy set passes through, in bytes. Where AWS writes KB
 * or MB and does not say which, the smaller reading counts.
 *
 * <ul>
 *   <li>DynamoDB, "Service, account, and table quotas": 400 KB an item, names of attributes
 *       included; 32 levels of nesting, of which a policy has five; 100 items and 4 MB a
 *       transaction, which here has three items of about a kilobyte each, since the items of a set
 *       are written one by one before it.
 *   <li>Lambda, "Lambda quotas": 1 MB for the event of an asynchronous call (256 KB until October
 *       2025); 4 KB for all environment variables of a function together.
 *   <li>CloudFormation, "Understand CloudFormation quotas": 1 MB for a template in S3, its includes
 *       in place; 4,096 bytes for the value of a parameter and for the answer of a custom resource.
 * </ul>
 */
public final class SizeLimits {
  /**
   * A policy, the catalog or the corrections as one item of DynamoDB, of whose 400 KB some spare.
   */
  public static final int ITEM = 380_000;

  /**
   * A set in the table: three times what a template can hold, and little in a function's memory.
   */
  public static final int SET = 3_000_000;

  /**
   * The event with which CloudFormation calls the deployer, the properties before and after in it.
   */
  public static final int EVENT = 1_000_000;

  /** What such an event has beside the properties: addresses, a signature, names, reasons. */
  public static final int EVENT_BESIDE = 20_000;

  /** A template with its includes in place. */
  public static final int TEMPLATE = 1_000_000;

  /** The environment variables of a function, names and values. */
  public static final int ENVIRONMENT = 4_096;

  private SizeLimits() {}

  /** What a document takes as an item, at most: its canonical JSON is not shorter. */
  public static int itemBytes(Document.Mapping document) {
    return CanonicalForm.json(document).length;
  }
}
