package updategateway.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.commandline.UsageException;

final class PackageSizeTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({"MANAGED, 12000000", "SELF_CONTAINED, 45000000"})
  void atTheLimitItIsKept(PackageSize size, long most) throws Exception {
    Path zip = file("function.zip", most);
    assertThat(size.check(zip, content())).isEqualTo(most / 1_000_000 + ".0 MB, unzipped 9.6 MB");
    assertThat(zip).exists();
  }

  @ParameterizedTest
  @CsvSource({"MANAGED, 12000000, managed", "SELF_CONTAINED, 45000000, self-contained"})
  void aByteAboveItIsNot(PackageSize size, long most, String word) throws Exception {
    Path zip = file("function.zip", most + 1);
    Path content = content();
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> size.check(zip, content))
        .withMessageContaining("function.zip would have " + most / 1_000_000 + ".1 MB")
        .withMessageContaining("a " + word + " package may have " + most / 1_000_000 + ".0 MB")
        .withMessageContaining("lib/large.jar (8.0 MB), lib/small.jar (1.5 MB), bootstrap (0.1 MB)")
        .withMessageContaining("not kept");
    assertThat(zip).doesNotExist();
  }

  @Test
  void unzippedItIsBelowWhatLambdaTakes() throws Exception {
    Path content = content();
    file("content/jre/modules", 250_000_000 - Zip.size(content) - 1);
    Path fits = file("fits.zip", 1_000);
    assertThat(PackageSize.SELF_CONTAINED.check(fits, content)).contains("unzipped 250.0 MB");
    file("content/one-byte", 1);
    Path zip = file("function.zip", 1_000);
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> PackageSize.SELF_CONTAINED.check(zip, content))
        .withMessageContaining("250.0 MB unzipped")
        .withMessageContaining("jre/modules");
    assertThat(zip).doesNotExist();
  }

  private Path content() throws IOException {
    file("content/lib/large.jar", 8_000_000);
    file("content/lib/small.jar", 1_500_000);
    file("content/bootstrap", 100);
    file("content/java.options", 10);
    return folder.resolve("content");
  }

  /** Of that many bytes, which take no room. */
  private Path file(String name, long bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(bytes);
    }
    return file;
  }
}
