package updategateway.gateway.event;

import org.jspecify.annotations.Nullable;

/**
 * The path that a client asked for: {@code rawPath} without what API Gateway puts before it.
 *
 * <p>In payload format 2.0 {@code rawPath} begins with the name of the stage, unless that is {@code
 * $default}; function URLs have no other stage. By the API Gateway Developer Guide it has no key of
 * an API mapping, but events that have one are reported, and no event names it: it is a setting.
 *
 * @param path begins with a slash where rawPath does
 * @param unsetMapping how the event shows an API mapping though none is set; null when it does not
 */
public record AskedPath(String path, @Nullable String unsetMapping) {
  /**
   * Removes the stage and the mapping of an HTTP API.
   *
   * @param mapping the key that is set; empty for none
   */
  public static AskedPath of(Event.HttpRequest request, String mapping) {
    String path = request.rawPath();
    if (request.front().isLoadBalancer()) {
      return new AskedPath(path, null);
    }
    String stage = request.stage();
    String behindStage = stage == null ? null : without(stage, path);
    if (behindStage != null) {
      path = behindStage;
    }
    if (!mapping.isEmpty()) {
      String behindMapping = without(mapping, path);
      return new AskedPath(behindMapping == null ? path : behindMapping, null);
    }
    if (stage != null && behindStage == null) {
      return new AskedPath(path, "rawPath does not begin with the stage " + stage);
    }
    return new AskedPath(
        path, isLonger(request) ? "rawPath and http.path differ by a prefix" : null);
  }

  /** The path behind a prefix; null when it does not begin with it as whole segments. */
  private static @Nullable String without(String prefix, String path) {
    if (!path.startsWith(prefix, 1)) {
      return null;
    }
    String rest = path.substring(1 + prefix.length());
    return rest.isEmpty() ? "/" : rest.startsWith("/") ? rest : null;
  }

  /** Whether one of the two paths that AWS reports is the other behind a further prefix. */
  private static boolean isLonger(Event.HttpRequest request) {
    String path = request.contextPath();
    if (path == null || path.length() == request.rawPath().length()) {
      return false;
    }
    return path.endsWith(request.rawPath()) || request.rawPath().endsWith(path);
  }
}
