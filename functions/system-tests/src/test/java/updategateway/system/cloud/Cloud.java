package updategateway.system.cloud;

import cloud.localstack.Localstack;
import cloud.localstack.docker.DockerExe;
import cloud.localstack.docker.LocalstackDockerExtension;
import cloud.localstack.docker.annotation.LocalstackDockerProperties;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Where the tests find DynamoDB, CloudFormation and S3. */
sealed interface Cloud {
  /** LocalStack's last image that needs no account. */
  String IMAGE_TAG = "4.14.0";

  /** The one of this process. */
  Cloud CHOSEN = choose();

  /**
   * Its one address for all services.
   *
   * @throws IllegalStateException when there is none
   */
  URI endpoint();

  /**
   * Sees to it that it runs, once for all tests.
   *
   * @throws IllegalStateException when it does not
   */
  void start(ExtensionContext context) throws Exception;

  /**
   * A server that runs already.
   *
   * @param variable what names it
   */
  record Named(String name, String variable, URI endpoint) implements Cloud {
    /** Whoever names one has it tested, or hears why not. */
    @Override
    public void start(ExtensionContext context) throws InterruptedException {
      try (HttpClient http =
          HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build()) {
        http.send(
            HttpRequest.newBuilder(endpoint).timeout(Duration.ofSeconds(30)).build(),
            HttpResponse.BodyHandlers.discarding());
      } catch (IOException e) {
        throw new IllegalStateException(
            "Nothing answers at " + variable + "=" + endpoint + ": start it, or unset it", e);
      }
    }

    @Override
    public String toString() {
      return name + " at " + endpoint;
    }
  }

  /** LocalStack in a container, which ends with the tests. */
  record Docker() implements Cloud {
    @Override
    public void start(ExtensionContext context) throws Exception {
      ExtensionContext pinned =
          (ExtensionContext)
              Proxy.newProxyInstance(
                  ExtensionContext.class.getClassLoader(),
                  new Class<?>[] {ExtensionContext.class},
                  (_, method, arguments) -> {
                    if (method.getName().equals("getRequiredTestClass")) {
                      return Image.class;
                    }
                    try {
                      return method.invoke(context, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause() == null ? e : e.getCause();
                    }
                  });
      new LocalstackDockerExtension().beforeAll(pinned);
    }

    @Override
    public URI endpoint() {
      return URI.create(Localstack.INSTANCE.getEndpointDynamoDB());
    }

    @Override
    public String toString() {
      return "LocalStack " + IMAGE_TAG + " in Docker";
    }
  }

  /** Nothing to test against. */
  record None(String reason) implements Cloud {
    @Override
    public void start(ExtensionContext context) {
      throw new IllegalStateException(reason);
    }

    @Override
    public URI endpoint() {
      throw new IllegalStateException(reason);
    }
  }

  /**
   * The image, for tests of modules that know nothing of it: the extension reads it from the class
   * that it is told of.
   */
  @LocalstackDockerProperties(
      imageTag = IMAGE_TAG,
      // Any free ones.
      portEdge = "",
      portElasticSearch = "",
      useSingleDockerContainer = true)
  final class Image {
    private Image() {}
  }

  private static Cloud choose() {
    Cloud chosen =
        switch (System.getProperty("cloud", "localstack")) {
          case "localstack" -> localStack();
          case "moto" ->
              named("moto", "MOTO_ENDPOINT")
                  .orElseGet(() ->
                      new None(
                          "Skipped: MOTO_ENDPOINT names no moto server. scripts/try-clouds moto"
                              + " starts one and runs this."));
          case String other ->
              throw new IllegalArgumentException(
                  "-Dcloud=" + other + " is not known: it is localstack or moto");
        };
    System.err.println(chosen instanceof None none ? none.reason() : "Testing in " + chosen + ".");
    return chosen;
  }

  private static Cloud localStack() {
    return isDockerThere()
        ? new Docker()
        : named("LocalStack", "LOCALSTACK_ENDPOINT")
            .orElseGet(() ->
                new None(
                    "Skipped: no Docker engine answers here (docker info), and"
                        + " LOCALSTACK_ENDPOINT names no LocalStack. scripts/try-clouds localstack"
                        + " starts one without Docker and runs this."));
  }

  /** Asks the command that the extension would use; it may be installed without an engine. */
  private static boolean isDockerThere() {
    try {
      new DockerExe().execute(List.of("info"), 1, List.of(1, 125, 126, 127));
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static Optional<Cloud> named(String name, String variable) {
    String address = System.getenv(variable);
    return address == null || address.isBlank()
        ? Optional.empty()
        : Optional.of(new Named(name, variable, URI.create(address)));
  }
}
