package updategateway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import updategateway.commandline.ProjectPaths;
import updategateway.commandline.TextWrap;
import updategateway.commandline.TimeOption;
import updategateway.commandline.UsageException;
import updategateway.commandline.files.DeployerProperties;
import updategateway.commandline.files.PolicyFolder;
import updategateway.commandline.tables.TableCreation;
import updategateway.commandline.tables.TemplateTables;
import updategateway.deployer.PolicyDeployerHandler;
import updategateway.local.edge.Invocation;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.set.PolicySet;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.history.ActiveSet;

/**
 * The activation of a folder's policies in the tables of a local system. A set that the tables have
 * in force already stays in force, unless it is to be replaced.
 */
final class PolicyActivation {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private final boolean named;
  private final boolean replace;

  /**
   * @param folder the policies and their catalog; null for the project's
   * @param replace whether they replace another set that is in force
   */
  PolicyActivation(@Nullable Path folder, boolean replace) {
    this.folder = folder == null ? ProjectPaths.policies() : folder;
    this.named = folder != null;
    this.replace = replace;
  }

  /**
   * The set in force after the activation.
   *
   * @param set the set
   * @param note says that it is not the files' set, and what to do; empty if it is
   */
  record Result(PolicySet set, List<String> note) {}

  Path folder() {
    return folder;
  }

  /** Reads the files. */
  PolicySet read() throws UsageException {
    return new PolicyFolder(folder).read();
  }

  /**
   * Creates the tables that are missing, and puts the files in force if nothing else is.
   *
   * @throws UsageException if another set is in force and the folder was named without replacing,
   *     or the tables cannot be used
   */
  Result activate(StoreSettings settings) throws UsageException, IOException {
    PolicySet files = read();
    TableCreation.create(TemplateTables.read(ProjectPaths.template()), settings);
    try (PolicyStore store = PolicyStore.open(settings)) {
      ActiveSet before = replace ? null : store.policySets().inForce().orElse(null);
      if (before == null) {
        deploy(new PolicyFolder(folder).files(), store);
        return new Result(files, List.of());
      }
      if (before.digest().equals(files.digest())) {
        return new Result(files, List.of());
      }
      if (named) {
        throw new UsageException(
            "Another policy set is in force in these tables: "
                + words(before)
                + ". The files in "
                + folder
                + " make "
                + files.digest().abbreviated()
                + ". Add --replace to put them in force, or leave --policies out to go on with what is.");
      }
      return new Result(
          store.policySets().read(before.digest()),
          List.of(
              "It was in force in these tables before: " + words(before) + ".",
              "The files in "
                  + folder
                  + " make another set, "
                  + files.digest().abbreviated()
                  + ", which is not in force. To put it in force, start with --replace, or:",
              "  scripts/policy deploy --reason TEXT --dynamodb " + settings.endpoint()));
    } catch (PolicyStoreException e) {
      throw new UsageException(
          "The policy set in force cannot be read from these tables: "
              + e.getMessage()
              + ". Name an empty folder with --data, or another DynamoDB.");
    }
  }

  private static String words(ActiveSet inForce) {
    return inForce.digest().abbreviated()
        + ", activation "
        + inForce.sequence()
        + " of "
        + TimeOption.shown(inForce.since())
        + " by "
        + TextWrap.printable(inForce.by());
  }

  /** Through the deployer as CloudFormation calls it. */
  private static void deploy(List<PolicyFile> files, PolicyStore store)
      throws UsageException, IOException {
    ObjectNode event = JSON.createObjectNode();
    event.put("RequestType", "Create");
    event.put("RequestId", UUID.randomUUID().toString());
    event.put("StackId", "scripts/run");
    event.put("LogicalResourceId", "PolicyInForce");
    try {
      ObjectNode properties = DeployerProperties.of(files);
      properties.put("By", System.getProperty("user.name", "local"));
      event.set("ResourceProperties", properties);
    } catch (InvalidPolicyException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new PolicyDeployerHandler(store.policySets(), InstantSource.system())
        .handleRequest(
            new ByteArrayInputStream(JSON.writeValueAsBytes(event)),
            answer,
            new Invocation(UUID.randomUUID().toString()));
    JsonNode result = JSON.readTree(answer.toByteArray());
    if (!result.path("Status").asText().equals("SUCCESS")) {
      throw new UsageException("The policies are not in force. " + result.path("Reason").asText());
    }
  }
}
