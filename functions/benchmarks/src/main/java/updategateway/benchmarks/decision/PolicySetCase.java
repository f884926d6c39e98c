package updategateway.benchmarks.decision;

import updategateway.commandline.ProjectPaths;
import updategateway.commandline.UsageException;
import updategateway.commandline.files.PolicyFolder;
import updategateway.policy.set.PolicySet;

/** A policy set that decisions are measured by. */
public enum PolicySetCase {
  /** The policies of this repository. */
  SHIPPED,
  /** 1,000 policies of which 20 name the activity. */
  THOUSAND;

  /** Returns the set. */
  PolicySet set() {
    return switch (this) {
      case SHIPPED -> shipped();
      case THOUSAND -> SyntheticPolicySets.set(1_000, 20);
    };
  }

  private static PolicySet shipped() {
    try {
      return new PolicyFolder(ProjectPaths.policies()).read();
    } catch (UsageException e) {
      throw new IllegalStateException("the policies of this repository are invalid", e);
    }
  }
}
