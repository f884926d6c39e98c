package updategateway.policy.source;

import java.util.List;
import java.util.Optional;

/**
 * A tree of texts with the places where they were written. Every scalar is a text: YAML's {@code
 * NO} stays Norway, and CloudFormation turns everything into strings anyway.
 */
public sealed interface Document {
  /** Where it begins. */
  Position position();

  /** A scalar. */
  record Text(String value, Position position) implements Document {}

  /** A list. */
  record Sequence(List<Document> items, Position position) implements Document {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * A mapping, its fields in the order written; a key may stand in it twice, which is for the
   * reader to refuse.
   */
  record Mapping(List<Field> fields, Position position) implements Document {
    public Mapping {
      fields = List.copyOf(fields);
    }

    /** The value of the first field with this key. */
    public Optional<Document> get(String key) {
      return fields.stream().filter(f -> f.key().equals(key)).map(Field::value).findFirst();
    }
  }

  /**
   * A key and its value.
   *
   * @param key the key
   * @param position where the key is written
   * @param value what it stands for
   */
  record Field(String key, Position position, Document value) {}
}
