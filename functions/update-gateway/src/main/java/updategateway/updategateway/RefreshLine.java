package updategateway.updategateway;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import updategateway.policystore.RefreshListener;

/** A refresh of the policy set in the log, as one line of JSON. */
final class RefreshLine {
  private RefreshLine() {}

  static String json(RefreshListener.Event event) {
    return switch (event) {
      case RefreshListener.Loaded loaded -> line("policy-loaded", loaded.digest().hex());
      case RefreshListener.Failed failed -> line("policy-refresh-failed", failed.reason());
      case RefreshListener.Rejected rejected -> line("policy-rejected", rejected.reason());
    };
  }

  private static String line(String event, String detail) {
    return "{\"event\":\""
        + event
        + "\",\"detail\":\""
        + new String(JsonStringEncoder.getInstance().quoteAsString(detail))
        + "\"}";
  }
}
