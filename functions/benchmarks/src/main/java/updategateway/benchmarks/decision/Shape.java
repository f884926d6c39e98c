package updategateway.benchmarks.decision;

/** How the policies of a large set lie to each other. */
public enum Shape {
  /** Each is about a product of its own. */
  APART,
  /** Every one refuses the same: a refusal names them all. */
  OVERLAPPING,
  /**
   * Every one refuses the same in a country or two, and each leaves out one of {@value
   * LargePolicySets#TOLD_APART} products: these are asked for, each by other policies.
   */
  TOLD_APART,
  /** As those apart, and ten thousand corrections are about other addresses. */
  CORRECTED
}
