package updategateway.local.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MaterialsTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void aBillHasWhatIsInTheZipAndNothingElse() throws JsonProcessingException {
    ObjectNode bill =
        (ObjectNode)
            JSON.readTree(
                """
                {"components": [
                   {"name": "in", "version": "1.0", "bom-ref": "pkg:in"},
                   {"name": "out", "version": "2.0", "bom-ref": "pkg:out"}],
                 "dependencies": [
                   {"ref": "pkg:own", "dependsOn": ["pkg:in", "pkg:out"]},
                   {"ref": "pkg:in"},
                   {"ref": "pkg:out", "dependsOn": ["pkg:in"]}]}
                """);

    Materials.keepOnly(List.of(Path.of("lib/in-1.0.jar"), Path.of("own-1.0.jar")), bill);

    assertThat(bill)
        .isEqualTo(
            JSON.readTree(
                """
                {"components": [{"name": "in", "version": "1.0", "bom-ref": "pkg:in"}],
                 "dependencies": [{"ref": "pkg:own", "dependsOn": ["pkg:in"]}, {"ref": "pkg:in"}]}
                """));
  }
}
