package updategateway.commandline.files;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.parse.PolicyFiles;
import updategateway.policy.source.Document;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.policy.source.YamlReader;

/** The operator's files as the properties that CloudFormation hands to the deployer. */
public final class DeployerProperties {
  private DeployerProperties() {}

  /**
   * {@code Catalog}, {@code Policies} and, where there is such a file, {@code Corrections}.
   *
   * @throws InvalidPolicyException when a file is no YAML
   */
  public static ObjectNode of(List<PolicyFile> files) throws InvalidPolicyException {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    properties.putArray("Policies");
    for (PolicyFile file : files) {
      Document document = YamlReader.read(file.name(), file.text());
      switch (file.name()) {
        case PolicyFiles.CATALOG -> properties.set("Catalog", DocumentJson.of(document));
        case PolicyFiles.CORRECTIONS -> properties.set("Corrections", DocumentJson.of(document));
        default -> properties.withArray("Policies").add(DocumentJson.of(document));
      }
    }
    return properties;
  }
}
