package updategateway.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import updategateway.commandline.ProjectPaths;
import updategateway.gateway.settings.SettingsReader;
import updategateway.place.Place;
import updategateway.store.PolicyStore;
import updategateway.store.agents.AgentRepository;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.StoreSettings;

/** What the gateway's process is given on this machine: settings, and requests to answer. */
public final class TrainingRequests {
  private static final JsonMapper JSON = new JsonMapper();

  private TrainingRequests() {}

  /** All sample events, as Lambda would hand them out. */
  public static List<String> events() throws IOException {
    List<String> events = new ArrayList<>();
    for (Path file : Directories.files(ProjectPaths.events(), ".json")) {
      events.add(Files.readString(file));
    }
    return events;
  }

  /** The same without the member that says what must become of it. */
  public static String withoutExpectation(String event) throws IOException {
    ObjectNode tree = (ObjectNode) JSON.readTree(event);
    tree.remove("expect");
    return JSON.writeValueAsString(tree);
  }

  /** Puts the accounts that events name in their member {@code agents} into the table. */
  static void register(List<String> events, Map<String, String> environment)
      throws IOException, PolicyStoreException {
    URI dynamodb = URI.create(environment.getOrDefault(SettingsReader.DYNAMODB_ENDPOINT, ""));
    try (PolicyStore store = PolicyStore.open(StoreSettings.of("us-east-1", dynamodb))) {
      for (String event : events) {
        for (Map.Entry<String, JsonNode> agent : JSON.readTree(event).path("agents").properties()) {
          List<Place> places = new ArrayList<>();
          agent.getValue().forEach(place -> places.add(Place.parse(place.asText())));
          store.accounts().put(new AgentRepository.Account(agent.getKey(), places));
        }
      }
    }
  }

  /** The settings of a gateway whose tables are there. */
  public static Map<String, String> environment(URI dynamodb) {
    Map<String, String> environment = new HashMap<>();
    environment.put(SettingsReader.ORIGIN_URL, "https://origin.example");
    environment.put(SettingsReader.OPERATOR_NAME, "Example Antivirus Inc.");
    environment.put(SettingsReader.OPERATOR_URL, "https://vendor.example/legal/updates");
    environment.put(SettingsReader.CONTACT, "legal@vendor.example");
    // The events say what time it is.
    environment.put(SettingsReader.MAX_CLOCK_SKEW_SECONDS, "0");
    environment.put(SettingsReader.DYNAMODB_ENDPOINT, dynamodb.toString());
    return environment;
  }
}
