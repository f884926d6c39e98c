package updategateway.deployer;

import com.amazonaws.services.lambda.runtime.Context;
import java.lang.reflect.Proxy;
import java.time.Duration;

/** What Lambda tells the function: how much time is left, and nothing else. */
final class Invocation {
  private Invocation() {}

  static Context of(Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (_, method, _) -> {
              if (method.getName().equals("getRemainingTimeInMillis")) {
                return (int) Math.max(0, (end - System.nanoTime()) / 1_000_000);
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
