package updategateway.local;

import java.util.Map;
import updategateway.commandline.UsageException;
import updategateway.gateway.settings.Environment;
import updategateway.gateway.settings.GatewaySettings;

/** The gateway's settings on this machine: whoever tries it need not say who the vendor is. */
public final class LocalEnvironment {
  private LocalEnvironment() {}

  /**
   * Reads them, and takes an example vendor where they name none. Clients of this machine say
   * themselves what time it is, so that the clock counts for nothing.
   *
   * @param environment what is missing is added to it
   * @throws UsageException with everything that is wrong, when anything is
   */
  public static GatewaySettings read(Map<String, String> environment) throws UsageException {
    environment.putIfAbsent(Environment.OPERATOR_NAME, "Example Antivirus Inc.");
    environment.putIfAbsent(Environment.OPERATOR_URL, "https://vendor.example/legal/updates");
    environment.putIfAbsent(Environment.CONTACT, "legal@vendor.example");
    environment.put(Environment.MAX_CLOCK_SKEW_SECONDS, "0");
    try {
      return Environment.read(environment);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
