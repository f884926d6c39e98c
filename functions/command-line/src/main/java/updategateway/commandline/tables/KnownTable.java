package updategateway.commandline.tables;

import updategateway.commandline.aws.StackInfo;
import updategateway.store.dynamodb.StoreSettings;

/** A table of the template, by all the names that it has. */
public enum KnownTable {
  /** Policy sets, and the history of what was in force. */
  POLICY_SETS(StoreSettings.POLICY_SETS, "POLICY_TABLE", StackInfo.POLICY_SETS_TABLE),

  /** The agents' accounts. */
  AGENTS(StoreSettings.AGENTS, "AGENTS_TABLE", StackInfo.AGENTS_TABLE);

  private final String usual;
  private final String variable;
  private final String output;

  KnownTable(String usual, String variable, String output) {
    this.usual = usual;
    this.variable = variable;
    this.output = output;
  }

  /** What it is called where nobody says otherwise. */
  String usual() {
    return usual;
  }

  /** The variable of the environment that names it. */
  String variable() {
    return variable;
  }

  /** The output of the stack that names it. */
  String output() {
    return output;
  }
}
