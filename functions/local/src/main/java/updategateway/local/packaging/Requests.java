package updategateway.local.packaging;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import updategateway.local.Project;
import updategateway.updategateway.settings.Environment;

/** What the gateway's process is given on this machine: settings, and requests to answer. */
public final class Requests {
  private Requests() {}

  /** All sample events, as Lambda would hand them out. */
  public static List<String> events() throws IOException {
    List<String> events = new ArrayList<>();
    for (Path file : Folders.files(Project.events(), ".json")) {
      events.add(Files.readString(file));
    }
    return events;
  }

  /** The settings of a gateway whose tables are there. */
  public static Map<String, String> environment(URI dynamodb) {
    Map<String, String> environment = new HashMap<>();
    environment.put(Environment.ORIGIN_URL, "https://origin.example");
    environment.put(Environment.OPERATOR_NAME, "Example Antivirus Inc.");
    environment.put(Environment.OPERATOR_URL, "https://vendor.example/legal/updates");
    environment.put(Environment.CONTACT, "legal@vendor.example");
    // The events say what time it is.
    environment.put(Environment.MAX_CLOCK_SKEW_SECONDS, "0");
    environment.put(Environment.DYNAMODB_ENDPOINT, dynamodb.toString());
    return environment;
  }
}
