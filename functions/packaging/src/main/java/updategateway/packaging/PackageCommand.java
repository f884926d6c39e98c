package updategateway.packaging;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import updategateway.commandline.CommandLineTool;
import updategateway.commandline.ProjectPaths;
import updategateway.commandline.UsageException;
import updategateway.local.run.LocalSystem;

/** {@code scripts/package}. */
@Command(
    name = "scripts/package",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    description = "Makes the zips that the template deploys, from what Maven builds.%n",
    footer = {
      "",
      "managed          for AWS's Java runtime: the jars alone. With SnapStart the first request is primed.",
      "                 update-gateway.zip and policy-deployer.zip; they run on both processors",
      "self-contained   for provided.al2023: one jar, a Java runtime with all libraries in it and an AOT cache that real requests",
      "                 have trained. update-gateway-self-contained-ARCH.zip, for the processor of this machine",
      "",
      "Without either, the managed ones are made. A managed zip has 12 MB at most, a self-contained one 45 MB, and Lambda's own limit",
      "is 250 MB unzipped: what is larger is not kept, and the exit code is 2. The same sources and JDK give the same bytes each time, but for the AOT cache.",
      "Beside each zip stands its bill of materials (CycloneDX).",
      "Exit codes: 0 when all is made and checked, 1 when --compare finds a difference, 2 when something is missing."
    })
public final class PackageCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PACKAGE", arity = "0..*", description = "managed, self-contained")
  private List<String> packages = new ArrayList<>();

  @Option(
      names = "--arch",
      paramLabel = "ARCH",
      description = "of the self-contained package: x86_64 or arm64 (default: this machine's)")
  private @Nullable String arch;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "where the zips go (default: target/package)")
  private @Nullable Path out;

  @Option(
      names = "--compare",
      paramLabel = "DIR",
      description =
          "make nothing; compare the zips, but for the AOT cache, and their bills of materials with those in another folder")
  private @Nullable Path compare;

  /** Started by the script. */
  public static void main(String[] arguments) {
    System.exit(CommandLineTool.run(new PackageCommand(), arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = (out == null ? ProjectPaths.packages() : out).toAbsolutePath();
    for (String name : packages) {
      if (!Set.of("managed", "self-contained").contains(name)) {
        throw new UsageException(name + " is no package: write managed or self-contained.");
      }
    }
    if (compare != null) {
      return compare(folder, compare.toAbsolutePath());
    }
    if (packages.isEmpty() || packages.contains("managed")) {
      managed(FunctionBuild.UPDATE_GATEWAY, folder);
      managed(FunctionBuild.POLICY_DEPLOYER, folder);
    }
    if (packages.contains("self-contained")) {
      selfContained(folder);
    }
    return 0;
  }

  private void managed(FunctionBuild function, Path folder) throws Exception {
    Path zip = folder.resolve(function.name() + ".zip");
    Path content = Files.createTempDirectory("managed");
    try {
      Path jars = Files.createDirectory(content.resolve("lib"));
      for (Path jar : function.managedJars()) {
        Path copied = jars.resolve(jar.getFileName());
        if (FunctionBuild.isBuiltHere(jar)) {
          Zip.copy(jar, copied);
        } else {
          Files.copy(jar, copied);
        }
      }
      Zip.write(content, zip);
      System.out.println(zip + ": " + PackageSize.MANAGED.check(zip, content));
      Sbom.write(function, function.managedJars(), null, zip);
    } finally {
      Directories.delete(content);
    }
  }

  private void selfContained(Path folder) throws Exception {
    Architecture local = Architecture.local();
    Architecture wanted = arch == null ? local : Architecture.of(arch);
    if (wanted != local) {
      throw new UsageException(
          "A self-contained package for "
              + wanted.word()
              + " has to be made on such a machine: this one is "
              + local.word()
              + ", and both the Java runtime and the AOT cache are taken from the JDK that runs here."
              + " Run scripts/package there, or deploy the managed package, which runs on both.");
    }
    FunctionBuild function = FunctionBuild.UPDATE_GATEWAY;
    Path zip = folder.resolve(function.name() + "-self-contained-" + local.word() + ".zip");
    Path content = Files.createTempDirectory("self-contained");
    Path unzipped = Files.createTempDirectory("unzipped");
    PrintStream quiet =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try (LocalSystem system = new LocalSystem(quiet)) {
      SelfContained made =
          SelfContained.lay(
              function.main(),
              function.handler(),
              function.builtHere(),
              function.libraries(),
              content,
              System.err);
      Map<String, String> environment =
          TrainingRequests.environment(system.startTables(ProjectPaths.policies()));
      TrainingRequests.register(TrainingRequests.events(), environment);
      made.train(environment, TrainingRequests.events());
      Zip.write(content, zip);
      String size = PackageSize.SELF_CONTAINED.check(zip, content);
      Zip.extract(zip, unzipped);
      System.err.println("Checking that it starts, and uses the cache …");
      SelfContained.check(unzipped, environment, TrainingRequests.events().getFirst());
      Sbom.write(function, function.allJars(), System.getProperty("java.runtime.version"), zip);
      System.out.println(zip + ": " + size);
    } finally {
      Directories.delete(content);
      Directories.delete(unzipped);
    }
  }

  private static boolean isSameBill(Path bill, Path twin) throws IOException {
    String found;
    if (!Files.exists(bill) || !Files.exists(twin)) {
      found = "missing in " + (Files.exists(bill) ? twin : bill).getParent();
    } else if (Files.mismatch(bill, twin) < 0) {
      found = "the same, byte for byte";
    } else {
      Set<String> differing = Sbom.differences(bill, twin);
      found = "different" + (differing.isEmpty() ? "" : " in " + String.join(", ", differing));
    }
    System.out.println(bill.getFileName() + ": " + found);
    return found.startsWith("the same");
  }

  private static int compare(Path one, Path other) throws IOException, UsageException {
    boolean same = true;
    List<Path> zips = Directories.files(one, ".zip");
    if (zips.isEmpty()) {
      throw new UsageException(one + " has no zip: make one first.");
    }
    for (Path zip : zips) {
      Path twin = other.resolve(zip.getFileName());
      if (!Files.exists(twin)) {
        System.out.println(zip.getFileName() + ": only in " + one);
        same = false;
      } else if (Files.mismatch(zip, twin) < 0) {
        System.out.println(zip.getFileName() + ": the same, byte for byte");
      } else {
        Set<String> differing =
            Zip.differences(zip, twin, name -> !name.equals(SelfContained.CACHE));
        System.out.println(
            zip.getFileName()
                + (differing.isEmpty()
                    ? ": the same, but for the AOT cache"
                    : ": different in " + String.join(", ", differing)));
        same &= differing.isEmpty();
      }
      Path bill = zip.resolveSibling(zip.getFileName() + Sbom.SUFFIX);
      same &= isSameBill(bill, twin.resolveSibling(bill.getFileName()));
    }
    return same ? 0 : 1;
  }
}
