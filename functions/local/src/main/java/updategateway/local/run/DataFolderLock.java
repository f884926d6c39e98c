package updategateway.local.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import updategateway.commandline.UsageException;

/**
 * An exclusive lock on a data folder, held by one {@code scripts/run}. The lock file names its
 * holder; the operating system releases the lock when the process ends, however it ends.
 */
final class DataFolderLock implements AutoCloseable {
  private static final String FILE = "scripts-run.lock";

  /** The locked byte is behind the text, so that others can read the text on every system. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private static final int MAX_TEXT_BYTES = 1_024;

  private final FileChannel channel;

  private DataFolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks the folder, which is created if it is missing.
   *
   * @throws UsageException if another process holds the lock, or the folder cannot be written
   */
  static DataFolderLock acquire(Path folder) throws UsageException {
    FileChannel channel;
    @Nullable FileLock lock;
    try {
      Files.createDirectories(folder);
      channel =
          FileChannel.open(
              folder.resolve(FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      lock = tryLock(channel);
    } catch (IOException e) {
      throw new UsageException("The folder " + folder + " cannot be used for data: " + e);
    }
    if (lock == null) {
      throw new UsageException(
          "The folder "
              + folder
              + " is in use by another scripts/run, "
              + holder(channel)
              + ". Stop that one first, or name another folder with --data.");
    }
    DataFolderLock acquired = new DataFolderLock(channel);
    acquired.describe("which is still starting");
    return acquired;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String holder(FileChannel channel) {
    try (channel) {
      ByteBuffer text = ByteBuffer.allocate(MAX_TEXT_BYTES);
      channel.read(text, 0);
      return StandardCharsets.UTF_8.decode(text.flip()).toString().strip();
    } catch (IOException e) {
      return "whose lock file cannot be read: " + e;
    }
  }

  /**
   * Writes what the holder does into the lock file, behind its process id.
   *
   * @throws UsageException if the file cannot be written
   */
  void describe(String what) throws UsageException {
    try {
      String text = "process " + ProcessHandle.current().pid() + ", " + what + "\n";
      channel.truncate(0);
      channel.write(StandardCharsets.UTF_8.encode(text), 0);
    } catch (IOException e) {
      throw new UsageException("The lock file " + FILE + " cannot be written: " + e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
