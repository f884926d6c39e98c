package updategateway.benchmarks.startup;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import updategateway.commandline.ProjectPaths;
import updategateway.commandline.UsageException;
import updategateway.packaging.Directories;
import updategateway.packaging.FunctionBuild;
import updategateway.packaging.SelfContained;
import updategateway.packaging.TrainingRequests;
import updategateway.packaging.Zip;

/** The gateway and an empty handler, each as it is packaged and plainly. */
public final class StartupVariants {
  public static final String EMPTY_CACHED = "empty handler, packaged as the gateway";
  public static final String EMPTY_CLASS_PATH = "empty handler, jars on the class path, AOT cache";
  public static final String OURS_CACHED = "gateway, self-contained package";
  public static final String EMPTY_PLAIN = "empty handler, plain";
  public static final String OURS_PLAIN = "gateway, plain, jars on the class path";
  public static final String OURS_MANAGED = "gateway, managed package, no snapshot";

  private static final String EMPTY = EmptyHandler.class.getName();
  private static final String CLIENT = SelfContained.CLIENT;
  private static final String EVENT = "germany-keeps-the-query.json";

  private StartupVariants() {}

  /**
   * All of them, made from what scripts/package has made.
   *
   * @param work takes what they need
   * @param environment in which the empty handler's cache is trained
   */
  public static List<StartupVariant> all(Path work, Map<String, String> environment)
      throws Exception {
    String event = Files.readString(ProjectPaths.events().resolve(EVENT));
    List<Path> client = clientJars();
    List<Path> emptyJars = new ArrayList<>();
    emptyJars.add(emptyJar(work));
    emptyJars.addAll(client);

    StartupVariant empty =
        emptyCached(
            EMPTY_CACHED, emptyJars.subList(0, 1), client, work.resolve("empty"), environment);
    StartupVariant ours = selfContained(work);
    Path managed = Files.createDirectory(work.resolve("managed"));
    Zip.extract(packaged("update-gateway.zip"), managed);

    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String handler = FunctionBuild.UPDATE_GATEWAY.handler();
    return List.of(
        empty,
        ours,
        new StartupVariant(
            EMPTY_PLAIN, work, List.of(java, "-cp", joined(emptyJars), CLIENT, EMPTY), event),
        new StartupVariant(
            OURS_PLAIN,
            work,
            List.of(java, "-cp", joined(FunctionBuild.UPDATE_GATEWAY.allJars()), CLIENT, handler),
            event),
        new StartupVariant(
            OURS_MANAGED, managed, List.of(java, "-cp", joined(client), CLIENT, handler), event));
  }

  /**
   * The empty handler with a runtime and an AOT cache of its own, as one would lay it who knows of
   * nothing better: AWS's client in one jar with it, on the class path.
   *
   * @param work takes what it needs
   * @param environment in which its cache is trained
   */
  public static StartupVariant emptyOnClassPath(Path work, Map<String, String> environment)
      throws Exception {
    Path folder = Files.createDirectories(work.resolve("class-path"));
    List<Path> jars = new ArrayList<>();
    jars.add(emptyJar(folder));
    jars.addAll(clientJars());
    return emptyCached(EMPTY_CLASS_PATH, jars, List.of(), folder.resolve("empty"), environment);
  }

  /** The empty handler, packaged by the code that packages the gateway, and trained. */
  private static StartupVariant emptyCached(
      String name,
      List<Path> own,
      List<Path> libraries,
      Path content,
      Map<String, String> environment)
      throws Exception {
    String event = Files.readString(ProjectPaths.events().resolve(EVENT));
    Files.createDirectory(content);
    SelfContained.lay(CLIENT, EMPTY, own, libraries, content, System.err)
        .train(environment, List.of(TrainingRequests.withoutExpectation(event)));
    return new StartupVariant(name, content, bootstrap(content), event);
  }

  /** The self-contained package that scripts/package has made. */
  public static StartupVariant selfContained(Path work) throws UsageException, IOException {
    Path unzipped = Files.createDirectory(work.resolve("self-contained"));
    Zip.extract(packaged("update-gateway-self-contained-"), unzipped);
    return new StartupVariant(
        OURS_CACHED,
        unzipped,
        bootstrap(unzipped),
        Files.readString(ProjectPaths.events().resolve(EVENT)));
  }

  private static List<String> bootstrap(Path unzipped) {
    return List.of(unzipped.resolve("bootstrap").toString());
  }

  private static Path packaged(String begin) throws UsageException, IOException {
    return Directories.files(ProjectPaths.packages(), ".zip").stream()
        .filter(zip -> String.valueOf(zip.getFileName()).startsWith(begin))
        .findFirst()
        .orElseThrow(() ->
            new UsageException(
                "There is no "
                    + begin
                    + " in target/package: run scripts/package managed self-contained first."));
  }

  /** AWS's runtime interface client and what it needs. */
  private static List<Path> clientJars() throws UsageException, IOException {
    return FunctionBuild.UPDATE_GATEWAY.allJars().stream()
        .filter(jar ->
            String.valueOf(jar.getFileName())
                .matches("(aws-lambda-java-(runtime|core|serialization)|utils-lite).*"))
        .toList();
  }

  /** The empty handler alone in a jar, since nobody would deploy it with a benchmark. */
  private static Path emptyJar(Path work) throws IOException, URISyntaxException {
    String entry = EMPTY.replace('.', '/') + ".class";
    Path content = Files.createDirectories(work.resolve("empty-jar"));
    Path file = content.resolve(entry);
    Files.createDirectories(file.getParent());
    try (var in = EmptyHandler.class.getResourceAsStream("/" + entry)) {
      if (in == null) {
        throw new IOException(entry + " is missing");
      }
      Files.copy(in, file);
    }
    Path jar = work.resolve("empty-handler.jar");
    Zip.write(content, jar);
    return jar;
  }

  private static String joined(List<Path> jars) {
    return jars.stream().map(Path::toString).collect(Collectors.joining(":"));
  }
}
