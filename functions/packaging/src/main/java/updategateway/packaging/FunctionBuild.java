package updategateway.packaging;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import updategateway.commandline.ProjectPaths;
import updategateway.commandline.UsageException;

/**
 * A function as Maven built it.
 *
 * @param name its module's folder
 * @param main what starts a process of its own
 * @param handler what Lambda calls
 */
public record FunctionBuild(String name, String main, String handler) {
  public static final FunctionBuild UPDATE_GATEWAY =
      new FunctionBuild(
          "update-gateway",
          "updategateway.gateway.SelfContainedMain",
          "updategateway.gateway.UpdateHandler");

  public static final FunctionBuild POLICY_DEPLOYER =
      new FunctionBuild(
          "policy-deployer", SelfContained.CLIENT, "updategateway.deployer.PolicyDeployerHandler");

  /** Its own jar, then all that it needs beside what the managed runtime has. */
  public List<Path> managedJars() throws UsageException, IOException {
    List<Path> jars = new ArrayList<>();
    jars.add(ownJar());
    jars.addAll(listed("classpath"));
    return jars;
  }

  /** The same, and what the managed runtime would have: AWS's runtime interface client. */
  public List<Path> allJars() throws UsageException, IOException {
    List<Path> jars = new ArrayList<>(managedJars());
    for (Path jar : listed("classpath-provided")) {
      if (!jars.contains(jar)) {
        jars.add(jar);
      }
    }
    return jars;
  }

  /** Of {@link #allJars()} those that are built here, its own first. */
  List<Path> builtHere() throws UsageException, IOException {
    return allJars().stream().filter(FunctionBuild::isBuiltHere).toList();
  }

  /** Of {@link #allJars()} those that others have made. */
  List<Path> libraries() throws UsageException, IOException {
    return allJars().stream().filter(jar -> !isBuiltHere(jar)).toList();
  }

  /** Whether a jar is one of our modules'. */
  static boolean isBuiltHere(Path jar) {
    return jar.toAbsolutePath().startsWith(ProjectPaths.modules().toAbsolutePath());
  }

  /** The bill of materials that Maven wrote. */
  Path bill() {
    return target().resolve("bom.json");
  }

  private Path target() {
    return ProjectPaths.modules().resolve(name).resolve("target");
  }

  private Path ownJar() throws UsageException, IOException {
    try (Stream<Path> files = Files.list(target())) {
      return files
          .filter(file ->
              String.valueOf(file.getFileName()).matches(name + "-[0-9.]+(-SNAPSHOT)?\\.jar"))
          .findFirst()
          .orElseThrow(() -> notBuilt(target().resolve(name + ".jar")));
    }
  }

  private List<Path> listed(String file) throws UsageException, IOException {
    Path list = target().resolve(file);
    if (!Files.exists(list)) {
      throw notBuilt(list);
    }
    return Stream.of(Files.readString(list).strip().split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .toList();
  }

  private static UsageException notBuilt(Path missing) {
    return new UsageException(missing + " is missing: scripts/package builds it.");
  }
}
