package updategateway.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.lang.reflect.AccessFlag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Libraries as one module, which jlink makes a part of a Java runtime. Of each jar on its class
 * path a start reads the directory, entry by entry, though it finds all its classes in an AOT
 * cache: the runtime client's first step has Java look through them for loggers. The runtime's own
 * file has an index that is mapped and not read.
 *
 * <p>The module reads all that it is given to read, and is open, so that for its classes nothing
 * changes: each may reach, by reflection too, what it could reach on a class path. The bytes depend
 * on those of the jar and on nothing else.
 */
final class LibraryModule {
  /** Its name, with which native access is allowed. */
  static final String NAME = "updategateway.libraries";

  private static final String CLASS = ".class";

  /** Native parts of AWS's client for all machines; that for this one lies beside the module. */
  private static final String NATIVE_PARTS = "jni/";

  private final Map<String, List<String>> providers = new TreeMap<>();
  private final ServiceScanner asked = new ServiceScanner();

  private LibraryModule() {}

  /**
   * Makes it, a modular jar for jlink.
   *
   * @param merged one jar of all libraries, made by {@link MergedJar}
   * @param read names of the modules that they read
   */
  static void write(Path merged, Collection<String> read, Path to) throws IOException {
    Path content = Files.createTempDirectory("module");
    try (ZipFile jar = new ZipFile(merged.toFile())) {
      LibraryModule module = new LibraryModule();
      for (ZipEntry entry : Collections.list(jar.entries())) {
        try (InputStream in = jar.getInputStream(entry)) {
          module.add(entry.getName(), in.readAllBytes(), content);
        }
      }
      Files.write(content.resolve("module-info.class"), module.declaration(packages(merged), read));
      Zip.writeJar(content, to);
    } finally {
      Directories.delete(content);
    }
  }

  /**
   * Requires what stays on the class path to have no package that the module has too: Java would
   * look for all of its classes in the module alone.
   *
   * @throws IOException with the packages
   */
  static void requireApart(Path onTheClassPath, Path merged) throws IOException {
    Set<String> both = packages(onTheClassPath);
    both.retainAll(packages(merged));
    if (!both.isEmpty()) {
      throw new IOException(
          "a package is both in our own jars and in a library's: " + String.join(", ", both));
    }
  }

  private static Set<String> packages(Path jar) throws IOException {
    Set<String> packages = new TreeSet<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (entry.getName().endsWith(CLASS)) {
          String name = entry.getName();
          packages.add(name.substring(0, Math.max(0, name.lastIndexOf('/'))).replace('/', '.'));
        }
      }
    }
    return packages;
  }

  private void add(String name, byte[] bytes, Path content) throws IOException {
    if (name.startsWith(MergedJar.SERVICES)) {
      providers.put(name.substring(MergedJar.SERVICES.length()), providers(bytes));
      return;
    }
    if (name.startsWith(MergedJar.META) || name.startsWith(NATIVE_PARTS)) {
      return;
    }
    Path file = content.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    if (name.endsWith(CLASS)) {
      asked.in(bytes);
    }
  }

  /** As {@link java.util.ServiceLoader} reads it: a name a line, and comments. */
  private static List<String> providers(byte[] file) {
    List<String> names = new ArrayList<>();
    for (String line : new String(file, StandardCharsets.UTF_8).lines().toList()) {
      int comment = line.indexOf('#');
      String name = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (!name.isEmpty() && !names.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  private byte[] declaration(Set<String> packages, Collection<String> read) {
    Set<String> services = new TreeSet<>(asked.names());
    services.addAll(providers.keySet());
    return ClassFile.of()
        .buildModule(
            ModuleAttribute.of(
                ModuleDesc.of(NAME),
                module -> {
                  module.moduleFlags(AccessFlag.OPEN);
                  module.requires(ModuleDesc.of("java.base"), List.of(AccessFlag.MANDATED), null);
                  for (String name : new TreeSet<>(read)) {
                    if (!name.equals("java.base")) {
                      module.requires(ModuleDesc.of(name), List.of(), null);
                    }
                  }
                  for (String name : packages) {
                    module.exports(PackageDesc.of(name), List.of());
                  }
                  for (String name : services) {
                    module.uses(ClassDesc.of(name));
                  }
                  providers.forEach((service, names) ->
                      module.provides(
                          ClassDesc.of(service),
                          names.stream().map(ClassDesc::of).toArray(ClassDesc[]::new)));
                }));
  }

  /**
   * Lays down what each library says of itself (manifest, licence, notice), as a runtime keeps it
   * for its modules.
   *
   * @param legal the runtime's folder for it
   */
  static void unpackNotices(Path merged, Path legal) throws IOException {
    Path own = legal.resolve(NAME);
    try (ZipFile jar = new ZipFile(merged.toFile())) {
      for (ZipEntry entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        if (!name.startsWith(MergedJar.META) || name.startsWith(MergedJar.SERVICES)) {
          continue;
        }
        Path file =
            own.resolve(
                name.substring(
                    (name.startsWith(MergedJar.MERGED) ? MergedJar.MERGED : MergedJar.META)
                        .length()));
        Files.createDirectories(file.getParent());
        try (InputStream in = jar.getInputStream(entry)) {
          Files.copy(in, file);
        }
      }
    }
  }
}
