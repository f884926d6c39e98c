package updategateway.local;

import java.util.Map;
import updategateway.commandline.UsageException;
import updategateway.gateway.settings.GatewaySettings;
import updategateway.gateway.settings.SettingsReader;

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
    environment.putIfAbsent(SettingsReader.OPERATOR_NAME, "Example Antivirus Inc.");
    environment.putIfAbsent(SettingsReader.OPERATOR_URL, "https://vendor.example/legal/updates");
    environment.putIfAbsent(SettingsReader.CONTACT, "legal@vendor.example");
    environment.put(SettingsReader.MAX_CLOCK_SKEW_SECONDS, "0");
    try {
      return SettingsReader.read(environment);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
