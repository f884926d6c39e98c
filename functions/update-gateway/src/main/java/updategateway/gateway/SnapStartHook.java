package updategateway.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import updategateway.store.agents.CachingAgentRegistry;
import updategateway.store.refresh.PolicyRefresher;

/**
 * What is done around a snapshot of the process (Lambda SnapStart).
 *
 * <p>Before it is taken, requests of every kind are answered, so that all classes and connections
 * that one needs are there and the compiler has seen them; their lines go nowhere. After a restore,
 * which may be weeks later, the policy set that was read then is only a guess: the pointer is read
 * before the next decision, and no account that was looked up then counts.
 */
final class SnapStartHook implements Resource {
  private static final int ROUNDS = 200;
  private static final List<String> PATHS =
      List.of(
          "/",
          "/bases/main.cvd",
          "/products/endpoint-security/patches/1",
          "/.well-known/update-policy",
          "//malformed");
  private static final List<String> HEADERS =
      List.of(
          "",
          "\"cloudfront-viewer-country\":\"DE\"",
          "\"cloudfront-viewer-country\":\"US\",\"cloudfront-viewer-country-region\":\"PR\"",
          "\"cloudfront-viewer-country\":\"US\",\"accept\":\"application/json\"");

  private final UpdateHandler handler;
  private final PolicyRefresher policy;
  private final CachingAgentRegistry agents;

  SnapStartHook(UpdateHandler handler, PolicyRefresher policy, CachingAgentRegistry agents) {
    this.handler = handler;
    this.policy = policy;
    this.agents = agents;
  }

  /** Has it called; whoever registers it has to hold on to it. */
  void register() {
    Core.getGlobalContext().register(this);
  }

  /**
   * An exception here would end the deployment; what could not be primed is slower, and no more.
   */
  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try {
      agents.warmUp();
      for (int round = 0; round < ROUNDS; round++) {
        for (String path : PATHS) {
          for (String headers : HEADERS) {
            handler.handle(
                new ByteArrayInputStream(event(path, headers)),
                OutputStream.nullOutputStream(),
                "priming",
                false,
                nowhere);
          }
        }
      }
    } catch (IOException | RuntimeException | Error e) {
      System.out.println("Not primed for the snapshot: " + e);
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    policy.invalidate();
    agents.clear();
  }

  private static byte[] event(String path, String headers) {
    return """
    {"version":"2.0","rawPath":"%s","rawQueryString":"","headers":{%s},"requestContext":{"authorizer":{"iam":{}},\
    "http":{"method":"GET","sourceIp":"192.0.2.1"},"requestId":"priming"}}
    """
        .formatted(path, headers)
        .getBytes(StandardCharsets.UTF_8);
  }
}
