package updategateway.benchmarks.decision;

/** How the policies of a large set lie to each other. */
public enum Shape {
  /** Each is about a product of its own. */
  APART,
  /** Every one refuses the same: a refusal names them all. */
  OVERLAPPING
}
