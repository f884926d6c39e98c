package updategateway.cli.validation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.source.Diagnostic;
import updategateway.policy.source.Position;

/**
 * Finds the words that CloudFormation reads otherwise than they are written. It reads YAML 1.1
 * ("CloudFormation template formats", AWS CloudFormation User Guide), where a plain {@code NO} is
 * not Norway but false, and hands the deployer the text {@code false}; a plain {@code 010} is 8,
 * and {@code 1:30} is 90. Dates stay text there, too: it knows no timestamps. Here everything is
 * text, as written.
 */
public final class CloudFormationYaml {
  private static final String EMPTY = "a key with nothing behind it";
  private static final Pattern FALSE = Pattern.compile("(?i:n|no|off)");
  private static final Pattern TRUE = Pattern.compile("(?i:y|yes|on)");
  private static final Pattern LOGICAL =
      Pattern.compile("[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|True|TRUE|False|FALSE");
  private static final Pattern NOTHING = Pattern.compile("~|null|Null|NULL|");

  /** Numbers of YAML 1.1 or 1.2 that may be written otherwise when they become text again. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?0b[01_]+|[-+]?0[0-9_]+|-0|0o[0-7]+|[-+]?[0-9]{16,}|[-+]?0x[0-9a-fA-F_]+|[+][0-9_]+|[-+]?[0-9]+_[0-9_]*"
              + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+([.][0-9_]*)?"
              + "|[-+]?([0-9][0-9_]*)?[.][0-9_]+([eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[.]([eE][-+]?[0-9]+)?"
              + "|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+|[-+]?[.](inf|Inf|INF)|[.](nan|NaN|NAN)");

  private final String file;
  private final List<Diagnostic> findings = new ArrayList<>();
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private CloudFormationYaml(String file) {
    this.file = file;
  }

  /** All such words of a file, as far as it is YAML. */
  public static List<Diagnostic> check(PolicyFile file) {
    CloudFormationYaml check = new CloudFormationYaml(file.name());
    try {
      Iterator<Node> documents =
          new Compose(LoadSettings.builder().build()).composeAllFromString(file.text()).iterator();
      if (documents.hasNext()) {
        check.check(documents.next(), "");
      }
    } catch (YamlEngineException | StackOverflowError e) {
      // What is no YAML is found by who reads it.
    }
    return List.copyOf(check.findings);
  }

  /** Whether a finding is of a key without a value, which others may have found too. */
  static boolean isOfNothing(Diagnostic finding) {
    return finding.problem().startsWith(EMPTY);
  }

  private void check(Node node, String path) {
    if (!seen.add(node)) {
      return;
    }
    switch (node) {
      case ScalarNode scalar -> {
        if (scalar.getScalarStyle() == ScalarStyle.PLAIN) {
          check(scalar, path);
        }
      }
      case SequenceNode sequence -> {
        int i = 0;
        for (Node item : sequence.getValue()) {
          check(item, path + "[" + i++ + "]");
        }
      }
      case MappingNode mapping -> {
        for (NodeTuple tuple : mapping.getValue()) {
          String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
          String below = path.isEmpty() ? key : path + "." + key;
          check(tuple.getKeyNode(), below);
          check(tuple.getValueNode(), below);
        }
      }
      default -> {}
    }
  }

  private void check(ScalarNode scalar, String path) {
    String word = scalar.getValue();
    String read = otherThanText(word);
    if (read == null) {
      return;
    }
    int line = scalar.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    findings.add(
        new Diagnostic(
            new Position(file, line, path),
            (word.isEmpty() ? EMPTY : word + " without quotes")
                + " is "
                + read
                + " for CloudFormation",
            word.isEmpty() ? "write a value or leave the key out" : "write \"" + word + "\""));
  }

  /** Whether a word without quotes is the same text for CloudFormation. */
  public static boolean isTextWithoutQuotes(String word) {
    return otherThanText(word) == null;
  }

  /** What a word without quotes is for CloudFormation; null for the text that it shows. */
  private static @Nullable String otherThanText(String word) {
    if (FALSE.matcher(word).matches() && LOGICAL.matcher(word).matches()) {
      return "false";
    }
    if (TRUE.matcher(word).matches() && LOGICAL.matcher(word).matches()) {
      return "true";
    }
    if (LOGICAL.matcher(word).matches()) {
      return word.toLowerCase(Locale.ROOT);
    }
    if (NOTHING.matcher(word).matches()) {
      return "nothing";
    }
    return NUMBER.matcher(word).matches() ? "a number" : null;
  }
}
