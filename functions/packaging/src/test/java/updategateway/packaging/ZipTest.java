package updategateway.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ZipTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void theBytesAreTheSameInEveryZone() throws IOException {
    TimeZone before = TimeZone.getDefault();
    try {
      byte[] first = zipped("UTC");
      assertThat(zipped("Pacific/Kiritimati")).isEqualTo(first);
      assertThat(zipped("America/New_York")).isEqualTo(first);
    } finally {
      TimeZone.setDefault(before);
    }
  }

  private byte[] zipped(String zone) throws IOException {
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    Path content = Files.createTempDirectory(folder, "content");
    Files.writeString(content.resolve("one.txt"), "the same");
    Path zip = folder.resolve("zone.zip");
    Zip.write(content, zip);
    return Files.readAllBytes(zip);
  }

  @Test
  void aCopyHasTheContentsAndNotTheModes() throws IOException {
    Path open = jar("open.jar", 0644);
    Path closed = jar("closed.jar", 0600);
    assertThat(Files.mismatch(open, closed)).isNotNegative();
    Path first = folder.resolve("first.jar");
    Path second = folder.resolve("second.jar");
    Zip.copy(open, first);
    Zip.copy(closed, second);
    assertThat(Files.mismatch(first, second)).isNegative();
    try (ZipFile read = new ZipFile(first.toFile())) {
      assertThat(read.stream().map(ZipEntry::getName))
          .containsExactly("META-INF/", "META-INF/MANIFEST.MF");
      assertThat(read.getInputStream(read.getEntry("META-INF/MANIFEST.MF")).readAllBytes())
          .asString()
          .isEqualTo("Manifest-Version: 1.0\n");
    }
  }

  private Path jar(String name, int mode) throws IOException {
    Path jar = folder.resolve(name);
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(jar)) {
      ZipArchiveEntry inside = new ZipArchiveEntry("META-INF/");
      inside.setUnixMode(040000 | mode);
      inside.setTime(Zip.TIME.toEpochMilli());
      out.putArchiveEntry(inside);
      out.closeArchiveEntry();
      ZipArchiveEntry manifest = new ZipArchiveEntry("META-INF/MANIFEST.MF");
      manifest.setUnixMode(0100000 | mode);
      manifest.setTime(Zip.TIME.toEpochMilli());
      out.putArchiveEntry(manifest);
      out.write("Manifest-Version: 1.0\n".getBytes(StandardCharsets.UTF_8));
      out.closeArchiveEntry();
    }
    return jar;
  }
}
