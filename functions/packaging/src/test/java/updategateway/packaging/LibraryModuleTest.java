package updategateway.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A library that does what libraries do, linked into a runtime and asked from a class path. */
final class LibraryModuleTest {
  /** By file. The library asks for services as AWS's SDK does: one class asks for the other. */
  private static final Map<String, String> LIBRARY =
      Map.of(
          "lib/Provided.java", "package lib; public interface Provided { String say(); }",
          "lib/Nobody.java", "package lib; public abstract class Nobody {}",
          "lib/Provider.java",
              "package lib; public class Provider implements Provided {"
                  + " public String say() { return \"provided\"; } }",
          "lib/Loading.java",
              "package lib; class Loading { static <T> Iterable<T> all(Class<T> service) {"
                  + " return java.util.ServiceLoader.load(service); } }",
          "lib/Asking.java",
              "package lib; public class Asking { public static String ask() {"
                  + " for (Provided one : Loading.all(Provided.class)) {"
                  + " for (Nobody none : Loading.all(Nobody.class)) { return \"somebody\"; }"
                  + " return one.say(); } return \"none\"; } }",
          "lib/hidden/Reflected.java",
              "package lib.hidden; class Reflected { private String said = \"reflected\"; }",
          "lib/Times.java",
              "package lib; public class Times { public static Object now() {"
                  + " return java.lang.management.ManagementFactory.getRuntimeMXBean(); } }");

  private static final String APPLICATION =
      """
      package app;

      public class Main {
        public static void main(String[] arguments) throws Exception {
          System.out.println(lib.Asking.ask());
          Class<?> hidden = Class.forName("lib.hidden.Reflected");
          var constructor = hidden.getDeclaredConstructor();
          constructor.setAccessible(true);
          var field = hidden.getDeclaredField("said");
          field.setAccessible(true);
          System.out.println(field.get(constructor.newInstance()));
          for (String name : new String[] {"lib/said.txt", "lib/data/said.txt", "said.txt"}) {
            try (var in = Main.class.getClassLoader().getResourceAsStream(name)) {
              System.out.println(new String(in.readAllBytes()));
            }
          }
          System.out.println(lib.Times.now() != null);
          System.out.println(lib.Asking.class.getModule().getName());
        }
      }
      """;

  @TempDir private Path folder = Path.of("");

  private Path merged = Path.of("");

  @BeforeEach
  void merge() throws IOException {
    Path classes = compiled(LIBRARY, "library", Path.of(""));
    Path services = classes.resolve("META-INF/services");
    Files.createDirectories(services);
    Files.writeString(services.resolve("lib.Provided"), "# who\nlib.Provider # me\n\nlib.Provider");
    Files.writeString(classes.resolve("META-INF/LICENSE"), "free");
    Files.createDirectories(classes.resolve("META-INF/maven"));
    Files.writeString(classes.resolve("META-INF/maven/pom.xml"), "pom");
    Files.createDirectories(classes.resolve("lib/data"));
    Files.writeString(classes.resolve("lib/said.txt"), "beside");
    Files.writeString(classes.resolve("lib/data/said.txt"), "below");
    Files.writeString(classes.resolve("said.txt"), "at the root");
    Files.createDirectories(classes.resolve("jni"));
    Files.writeString(classes.resolve("jni/native.so"), "native");
    Path jar = folder.resolve("library.jar");
    Zip.write(classes, jar);
    merged = folder.resolve("merged.jar");
    MergedJar.write(List.of(jar), merged);
  }

  @Test
  void inARuntimeItDoesWhatItDidOnAClassPath() throws Exception {
    Path module = folder.resolve("module.jar");
    LibraryModule.write(merged, List.of("java.base", "java.management"), module);
    Path runtime = folder.resolve("jre");
    tool(
        "jlink",
        "--module-path",
        module.toString(),
        "--add-modules",
        "java.base,java.management," + LibraryModule.NAME,
        "--output",
        runtime.toString());
    Path application =
        compiled(Map.of("app/Main.java", APPLICATION), "application", folder.resolve("library"));

    Process process =
        new ProcessBuilder(
                runtime.resolve("bin/java").toString(), "-cp", application.toString(), "app.Main")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(said.lines().filter(line -> !line.startsWith("Picked up")))
        .containsExactly(
            "provided", "reflected", "beside", "below", "at the root", "true", LibraryModule.NAME);
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void itSaysWhatItHasAndWhatItMayAskFor() throws IOException {
    ModuleDescriptor module = descriptor(folder.resolve("module.jar"));

    assertThat(module.name()).isEqualTo(LibraryModule.NAME);
    assertThat(module.isOpen()).isTrue();
    assertThat(module.exports().stream().map(ModuleDescriptor.Exports::source))
        .containsExactlyInAnyOrder("lib", "lib.hidden");
    assertThat(module.requires().stream().map(ModuleDescriptor.Requires::name))
        .containsExactlyInAnyOrder("java.base", "java.management");
    assertThat(module.uses()).contains("lib.Provided", "lib.Nobody").doesNotContain("lib.Provider");
    assertThat(module.provides())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.service()).isEqualTo("lib.Provided");
          assertThat(one.providers()).containsExactly("lib.Provider");
        });
  }

  @Test
  void aPackageIsInTheModuleOrOnTheClassPath() throws IOException {
    Path apart = folder.resolve("apart.jar");
    Zip.write(compiled(Map.of("own/Own.java", "package own; class Own {}"), "a", folder), apart);
    LibraryModule.requireApart(apart, merged);
    Path both = folder.resolve("both.jar");
    Zip.write(compiled(Map.of("lib/Own.java", "package lib; class Own {}"), "b", folder), both);
    assertThatThrownBy(() -> LibraryModule.requireApart(both, merged))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(": lib");
  }

  @Test
  void theBytesAreTheSameEachTime() throws IOException {
    Path first = folder.resolve("first.jar");
    Path second = folder.resolve("second.jar");
    descriptor(first);
    descriptor(second);
    assertThat(Files.mismatch(first, second)).isNegative();
  }

  @Test
  void whatALibrarySaysOfItselfIsKeptBesideTheModule() throws IOException {
    Path module = folder.resolve("module.jar");
    descriptor(module);
    LibraryModule.unpackNotices(merged, folder.resolve("legal"));

    assertThat(folder.resolve("legal/updategateway.libraries/library.jar/LICENSE"))
        .content()
        .isEqualTo("free");
    assertThat(folder.resolve("legal/updategateway.libraries/maven/pom.xml"))
        .content()
        .isEqualTo("pom");
    try (ZipFile jar = new ZipFile(module.toFile())) {
      assertThat(jar.stream().map(entry -> entry.getName()))
          .noneMatch(name -> name.startsWith("META-INF") || name.startsWith("jni"));
    }
  }

  private ModuleDescriptor descriptor(Path module) throws IOException {
    LibraryModule.write(merged, List.of("java.management"), module);
    try (ZipFile jar = new ZipFile(module.toFile());
        InputStream in = jar.getInputStream(jar.getEntry("module-info.class"))) {
      return ModuleDescriptor.read(in);
    }
  }

  private Path compiled(Map<String, String> sources, String name, Path classPath)
      throws IOException {
    Path written = folder.resolve(name + "-sources");
    List<String> arguments = new ArrayList<>();
    Path classes = folder.resolve(name);
    arguments.addAll(List.of("-d", classes.toString(), "-cp", classPath.toString()));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = written.resolve(source.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, source.getValue());
      arguments.add(file.toString());
    }
    tool("javac", arguments.toArray(String[]::new));
    return classes;
  }

  private static void tool(String name, String... arguments) {
    StringWriter said = new StringWriter();
    int code =
        ToolProvider.findFirst(name)
            .orElseThrow()
            .run(new PrintWriter(said), new PrintWriter(said), arguments);
    assertThat(code).as(said.toString()).isZero();
  }
}
