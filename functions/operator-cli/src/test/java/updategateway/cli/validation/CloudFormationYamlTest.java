package updategateway.cli.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Date;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import updategateway.policy.parse.PolicyFile;

/** Words without quotes, held to readers of YAML 1.1 and 1.2 that give them types. */
final class CloudFormationYamlTest {
  @Property(tries = 20_000)
  void aWordThatBecomesAnotherTextIsFound(@ForAll("words") String word) {
    String text = "note: [" + word + "]";
    if (becomesAnother(word, yaml11(text)) || becomesAnother(word, yaml12(text))) {
      assertThat(CloudFormationYaml.check(new PolicyFile("x.yaml", text))).as(text).hasSize(1);
    }
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("0123456789_+-.:eExXoOb~").ofMinLength(1).ofMaxLength(7),
        Arbitraries.strings().withChars("0123456789").ofMinLength(1).ofMaxLength(20),
        Arbitraries.strings()
            .withChars("yYeEsSnNoOfFtTrRuUaAlLiI.+-")
            .ofMinLength(1)
            .ofMaxLength(5),
        Arbitraries.of(
            "yes", "NO", "On", "oFF", "true", "TRUE", "False", "null", "Null", "~", ".Inf",
            ".NaN"));
  }

  /** Whether a scalar was read that is written otherwise as a text. */
  private static boolean becomesAnother(String word, @Nullable Object document) {
    if (!(document instanceof Map<?, ?> map)
        || !(map.get("note") instanceof List<?> items)
        || items.size() != 1) {
      return false;
    }
    Object read = items.getFirst();
    // CloudFormation knows no timestamps, so that dates stay texts.
    return read == null
        || (!(read instanceof Date) && !(read instanceof Map) && !word.equals(read.toString()));
  }

  private static @Nullable Object yaml11(String text) {
    try {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    } catch (YAMLException | NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Object yaml12(String text) {
    try {
      return new Load(LoadSettings.builder().setSchema(new CoreSchema()).build())
          .loadFromString(text);
    } catch (YamlEngineException | NumberFormatException e) {
      return null;
    }
  }
}
