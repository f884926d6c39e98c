package updategateway.policy.parse;

import java.util.List;
import java.util.stream.Stream;
import updategateway.policy.source.Document;

/** Parts of documents that were read without a mistake. */
final class DocumentPaths {
  private DocumentPaths() {}

  /** The items of the list under a key; none where there is no list. */
  static List<Document> items(Document document, String key) {
    return document instanceof Document.Mapping mapping
            && mapping.get(key).orElse(null) instanceof Document.Sequence sequence
        ? sequence.items()
        : List.of();
  }

  /** What stands under the first of these keys that is there; the document itself where none is. */
  static Document at(Document document, String... keys) {
    return document instanceof Document.Mapping mapping
        ? Stream.of(keys).flatMap(key -> mapping.get(key).stream()).findFirst().orElse(document)
        : document;
  }

  /** The text of a scalar; empty for anything else. */
  static String text(Document document) {
    return document instanceof Document.Text text ? text.value() : "";
  }
}
