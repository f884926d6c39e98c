package updategateway.packaging;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.X5455_ExtendedTimestamp;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipLong;

/**
 * Zips whose bytes depend on what is in them and on nothing else: entries in alphabetical order,
 * one fixed time, one of two modes.
 */
public final class Zip {
  /** Of every entry: {@code project.build.outputTimestamp}, as in the jars. */
  static final Instant TIME = Instant.parse("2024-09-29T04:00:00Z");

  private static final int FILE = 0100644;
  private static final int PROGRAM = 0100755;
  private static final int FOLDER = 0040755;
  private static final int EXECUTABLE = 0111;

  private Zip() {}

  /** Gives all files in a folder the time that they will have when they are unzipped. */
  static void setTimes(Path folder) throws IOException {
    for (Path file : files(folder)) {
      Files.setLastModifiedTime(file, FileTime.from(TIME));
    }
  }

  /** Zips what is in a folder; of links, what they lead to. */
  public static void write(Path folder, Path zip) throws IOException {
    write(folder, zip, true);
  }

  /**
   * The same without the field that says the time with its zone, for a jar: nobody unpacks it, and
   * Java checks each such field whenever it opens the jar.
   */
  static void writeJar(Path folder, Path jar) throws IOException {
    write(folder, jar, false);
  }

  private static void write(Path folder, Path zip, boolean zonedTimes) throws IOException {
    Files.createDirectories(zip.toAbsolutePath().getParent());
    try (OutputStream file = Files.newOutputStream(zip);
        ZipArchiveOutputStream out = new ZipArchiveOutputStream(file)) {
      out.setLevel(Deflater.BEST_COMPRESSION);
      for (Path path : files(folder)) {
        ZipArchiveEntry entry = new Entry(name(folder, path));
        entry.setUnixMode(Files.isExecutable(path) ? PROGRAM : FILE);
        if (zonedTimes) {
          X5455_ExtendedTimestamp modified = new X5455_ExtendedTimestamp();
          modified.setModifyTime(new ZipLong(TIME.getEpochSecond()));
          entry.addExtraField(modified);
        }
        out.putArchiveEntry(entry);
        Files.copy(path, out);
        out.closeArchiveEntry();
      }
    }
  }

  /**
   * Copies a zip entry by entry, byte for byte, but for their modes: Maven's are those that the
   * umask of whoever builds left to the files.
   */
  static void copy(Path zip, Path to) throws IOException {
    try (ZipFile from = ZipFile.builder().setPath(zip).get();
        OutputStream file = Files.newOutputStream(to);
        ZipArchiveOutputStream out = new ZipArchiveOutputStream(file)) {
      for (ZipArchiveEntry entry : Collections.list(from.getEntriesInPhysicalOrder())) {
        entry.setUnixMode(entry.isDirectory() ? FOLDER : FILE);
        try (InputStream raw = from.getRawInputStream(entry)) {
          out.addRawArchiveEntry(entry, raw);
        }
      }
    }
  }

  /** Unzips, with modes and times. */
  public static void extract(Path zip, Path folder) throws IOException {
    try (ZipFile file = ZipFile.builder().setPath(zip).get()) {
      for (ZipArchiveEntry entry : Collections.list(file.getEntries())) {
        Path path = folder.resolve(entry.getName()).normalize();
        if (!path.startsWith(folder)) {
          throw new IOException("an entry leads out of the folder: " + entry.getName());
        }
        Files.createDirectories(path.getParent());
        try (InputStream in = file.getInputStream(entry)) {
          Files.copy(in, path);
        }
        boolean program = (entry.getUnixMode() & EXECUTABLE) != 0;
        Files.setPosixFilePermissions(
            path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        Files.setLastModifiedTime(path, FileTime.from(TIME));
      }
    }
  }

  /** Names of the entries that two zips do not both have with the same bytes, mode and time. */
  static Set<String> differences(Path one, Path other, Predicate<String> which) throws IOException {
    Set<String> differing = new TreeSet<>();
    try (ZipFile first = ZipFile.builder().setPath(one).get();
        ZipFile second = ZipFile.builder().setPath(other).get()) {
      compare(first, second, differing);
      compare(second, first, differing);
    }
    differing.removeIf(which.negate());
    return differing;
  }

  private static void compare(ZipFile one, ZipFile other, Set<String> differing)
      throws IOException {
    for (ZipArchiveEntry entry : Collections.list(one.getEntries())) {
      ZipArchiveEntry like = other.getEntry(entry.getName());
      if (like == null
          || like.getSize() != entry.getSize()
          || like.getCrc() != entry.getCrc()
          || like.getUnixMode() != entry.getUnixMode()
          || like.getTime() != entry.getTime()
          || !sameBytes(one, entry, other, like)) {
        differing.add(entry.getName());
      }
    }
  }

  private static boolean sameBytes(
      ZipFile one, ZipArchiveEntry entry, ZipFile other, ZipArchiveEntry like) throws IOException {
    try (InputStream first = new BufferedInputStream(one.getInputStream(entry));
        InputStream second = new BufferedInputStream(other.getInputStream(like))) {
      int b;
      do {
        b = first.read();
        if (b != second.read()) {
          return false;
        }
      } while (b >= 0);
      return true;
    }
  }

  /** How many bytes the files in a folder have together. */
  static long size(Path folder) throws IOException {
    long size = 0;
    for (Path file : files(folder)) {
      size += Files.size(file);
    }
    return size;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(Files::isRegularFile)
          .sorted(Comparator.comparing(path -> name(folder, path)))
          .toList();
    }
  }

  private static String name(Path folder, Path path) {
    return folder.relativize(path).toString().replace('\\', '/');
  }

  /**
   * The old field for the time has no zone, and is written in this machine's: it is to read as UTC
   * everywhere, whatever the field beside it, which has one, makes of it.
   */
  private static final class Entry extends ZipArchiveEntry {
    Entry(String name) {
      super(name);
    }

    @Override
    public long getTime() {
      return LocalDateTime.ofInstant(TIME, ZoneOffset.UTC)
          .atZone(ZoneId.systemDefault())
          .toInstant()
          .toEpochMilli();
    }
  }
}
