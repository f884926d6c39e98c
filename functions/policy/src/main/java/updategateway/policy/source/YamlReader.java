package updategateway.policy.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads YAML into a document: scalars as they are written, whatever YAML would make of them, and
 * each part with its line. What could make a file mean something else than it shows (aliases, merge
 * keys, tags other than {@code !!str} of a text) is refused.
 */
public final class YamlReader {
  private static final int MOST_CHARACTERS = 1 << 20;
  private static final int DEEPEST = 32;
  private static final String TEXT_TAG = "tag:yaml.org,2002:str";

  private final String file;
  private final List<Diagnostic> findings = new ArrayList<>();
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The tags that are written, by where their nodes begin; a node itself has one in any case. */
  private final Map<Integer, String> scalarTags = new HashMap<>();

  private final Map<Integer, String> collectionTags = new HashMap<>();

  private YamlReader(String file) {
    this.file = file;
  }

  /**
   * Reads one file.
   *
   * @param file its name, for findings
   * @throws InvalidPolicyException with everything that is wrong with it as YAML
   */
  public static Document read(String file, String text) throws InvalidPolicyException {
    List<Diagnostic> findings = new ArrayList<>();
    Document document = read(file, text, findings::add).orElse(null);
    if (document == null || !findings.isEmpty()) {
      throw new InvalidPolicyException(findings);
    }
    return document;
  }

  /**
   * Reads what can be read of a file, so that one mistake does not hide the others. Where a part
   * cannot be read, an empty text stands for it.
   *
   * @param file its name, for findings
   * @param findings takes everything that is wrong with it as YAML
   * @return what could be read; empty when that is nothing
   */
  public static Optional<Document> read(String file, String text, Consumer<Diagnostic> findings) {
    YamlReader reader = new YamlReader(file);
    Optional<Document> document = reader.root(text);
    reader.findings.forEach(findings);
    return document;
  }

  private Optional<Document> root(String text) {
    if (text.length() > MOST_CHARACTERS) {
      find(1, "", "more than a mebibyte of text", "split it into several policies");
      return Optional.empty();
    }
    findings.addAll(PortableYaml.checkCharacters(file, text));
    try {
      new Parse(settings()).parseString(text).forEach(this::noteTag);
      findings.addAll(PortableYaml.checkNotation(file, text, settings()));
      Iterator<Node> documents = new Compose(settings()).composeAllFromString(text).iterator();
      if (!documents.hasNext()) {
        find(1, "", "the file is empty", "write a policy or a catalog, or remove the file");
        return Optional.empty();
      }
      Node root = documents.next();
      if (documents.hasNext()) {
        find(
            line(documents.next()),
            "",
            "a second document begins here",
            "write one document a file");
      }
      return Optional.of(document(root, line(root), "", 0));
    } catch (MarkedYamlEngineException e) {
      findings.add(YamlError.finding(file, e));
    } catch (YamlEngineException | StackOverflowError e) {
      find(
          1,
          "",
          "not YAML: " + plain(String.valueOf(e.getMessage())),
          "mend the notation; the rest is checked then");
    }
    return Optional.empty();
  }

  private void noteTag(Event event) {
    int begin = event.getStartMark().map(Mark::getIndex).orElse(-1);
    if (event instanceof ScalarEvent scalar) {
      scalar.getTag().ifPresent(tag -> scalarTags.put(begin, tag));
    } else if (event instanceof CollectionStartEvent collection) {
      collection.getTag().ifPresent(tag -> collectionTags.put(begin, tag));
    }
  }

  private LoadSettings settings() {
    return LoadSettings.builder()
        .setLabel(file)
        .setCodePointLimit(MOST_CHARACTERS)
        .setMaxAliasesForCollections(0)
        .setAllowDuplicateKeys(true)
        .build();
  }

  /**
   * @param line where it stands, for an alias, which knows only the line of what it stands for
   */
  private Document document(Node node, int line, String path, int depth) {
    boolean alias = !seen.add(node);
    Position position = new Position(file, alias ? line : line(node), path);
    if (alias) {
      find(position, "an alias (*) stands for text written elsewhere", "write it out");
      return new Document.Text("", position);
    }
    checkAnchor(node, position);
    if (depth > DEEPEST) {
      find(position, "nested too deeply", "nest no deeper than the policy format does");
      return new Document.Text("", position);
    }
    checkTag(node, position);
    return switch (node) {
      case ScalarNode scalar -> new Document.Text(scalar.getValue(), position);
      case SequenceNode sequence -> {
        List<Document> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
          int above = items.isEmpty() ? position.line() : items.getLast().position().line();
          items.add(document(item, above, path + "[" + items.size() + "]", depth + 1));
        }
        yield new Document.Sequence(items, position);
      }
      case MappingNode mapping -> mapping(mapping, path, depth);
      default -> throw new IllegalStateException("YAML has no other nodes: " + node.getNodeType());
    };
  }

  private void checkAnchor(Node node, Position position) {
    if (node.getAnchor().isPresent()) {
      find(position, "an anchor (&) is for text that stands elsewhere too", "leave it out");
    }
  }

  /** What stands behind a tag may be no text, for those who heed the tag; here all scalars are. */
  private void checkTag(Node node, Position position) {
    boolean isScalar = node instanceof ScalarNode;
    int begin = node.getStartMark().map(Mark::getIndex).orElse(-1);
    String tag = (isScalar ? scalarTags : collectionTags).get(begin);
    if (tag != null && !(isScalar && tag.equals(TEXT_TAG))) {
      find(
          position,
          "the tag " + tag.replace("tag:yaml.org,2002:", "!!") + " means nothing here",
          "leave the tag out: "
              + (isScalar ? "what stands behind it is a text" : "the notation says what it is"));
    }
  }

  private Document mapping(MappingNode mapping, String path, int depth) {
    List<Document.Field> fields = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
        find(line(tuple.getKeyNode()), path, "a key that is not a word", "write `key: value`");
        continue;
      }
      String key = scalar.getValue();
      String keyPath = path.isEmpty() ? key : path + "." + key;
      if (!seen.add(scalar)) {
        find(line(mapping), keyPath, "an alias (*) stands for a key written elsewhere", "write it");
        continue;
      }
      Position position = new Position(file, line(scalar), keyPath);
      checkTag(scalar, position);
      checkAnchor(scalar, position);
      Integer earlier = lines.putIfAbsent(key, position.line());
      if (key.equals("<<")) {
        find(position, "a merge key (<<) stands for text written elsewhere", "write it out");
      } else if (earlier != null) {
        find(position, "the key stands in line " + earlier + " already", "keep one of the two");
      } else {
        fields.add(
            new Document.Field(
                key,
                position,
                document(tuple.getValueNode(), position.line(), keyPath, depth + 1)));
      }
    }
    return new Document.Mapping(fields, new Position(file, line(mapping), path));
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private static String plain(String problem) {
    return problem.lines().findFirst().orElse("");
  }

  private void find(int line, String path, String problem, String remedy) {
    find(new Position(file, line, path), problem, remedy);
  }

  private void find(Position position, String problem, String remedy) {
    findings.add(new Diagnostic(position, problem, remedy));
  }
}
