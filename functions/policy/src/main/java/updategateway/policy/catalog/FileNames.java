package updategateway.policy.catalog;

/** The file names that a route accepts from clients to whom some policy refuses something. */
public enum FileNames {
  /** Names that every file system and object store reads in the same way. */
  PORTABLE,
  /** Every well-formed name: the origin compares names exactly. */
  ANY
}
