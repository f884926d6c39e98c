package updategateway.commandline.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.source.Diagnostic;
import updategateway.policy.source.Position;

/** Reads one file as UTF-8, and says what is wrong with it where it is none. */
final class TextFile {
  /** No file of policies comes near; what is larger is not read into memory. */
  private static final int MOST_BYTES = 1 << 22;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path path;
  private final String name;
  private final Consumer<Diagnostic> findings;

  private TextFile(Path path, Consumer<Diagnostic> findings) {
    this.path = path;
    this.name = String.valueOf(path.getFileName());
    this.findings = findings;
  }

  /** The file, empty after a finding; a byte order mark is a finding and is passed over. */
  static Optional<PolicyFile> read(Path path, Consumer<Diagnostic> findings) {
    return new TextFile(path, findings).read();
  }

  private Optional<PolicyFile> read() {
    if (Files.isSymbolicLink(path) && !Files.exists(path)) {
      return find(0, "a link that leads nowhere", "mend the link, or remove it");
    }
    if (Files.isDirectory(path)) {
      return find(0, "a folder with the name of a file", "rename it, and put the files in it here");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      return bytes.length > MOST_BYTES
          ? find(
              0,
              "a file of more than " + (MOST_BYTES >> 20) + " mebibytes",
              "split it into several policies, or move it elsewhere if it is none")
          : text(bytes);
    } catch (AccessDeniedException e) {
      return find(0, "this user may not read the file", "give it the permission (chmod u+r)");
    } catch (NoSuchFileException e) {
      return find(0, "there is no such file", "look at its name");
    } catch (IOException e) {
      return find(
          0,
          "the file cannot be read: "
              + (e instanceof FileSystemException failed ? failed.getReason() : e.getMessage()),
          "make it a file that can be read, or remove it");
    }
  }

  private Optional<PolicyFile> text(byte[] bytes) {
    if (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
      return find(1, "the file is UTF-16", "save it as UTF-8");
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      int offset = in.position();
      return find(
          line(bytes, offset),
          String.format(
              "not UTF-8: the byte 0x%02X at offset %d, character %d of the line",
              bytes[offset], offset, column(bytes, offset)),
          "save the file as UTF-8 (as Windows-1252 that byte is "
              + new String(bytes, offset, 1, Charset.forName("windows-1252"))
              + ")");
    }
    String text = out.flip().toString();
    if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      find(
          1,
          "the file begins with a byte order mark (EF BB BF), which not every reader passes over",
          "save it as UTF-8 without one");
      text = text.substring(1);
    }
    return Optional.of(new PolicyFile(name, text));
  }

  private static boolean startsWith(byte[] bytes, int first, int second) {
    return bytes.length > 1
        && Byte.toUnsignedInt(bytes[0]) == first
        && Byte.toUnsignedInt(bytes[1]) == second;
  }

  /** From 1. */
  private static int line(byte[] bytes, int offset) {
    int line = 1;
    for (int i = 0; i < offset; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  /** From 1, in characters; all before the offset is UTF-8. */
  private static int column(byte[] bytes, int offset) {
    int begin = offset;
    while (begin > 0 && bytes[begin - 1] != '\n') {
      begin--;
    }
    String before = new String(bytes, begin, offset - begin, StandardCharsets.UTF_8);
    return before.codePointCount(0, before.length()) + 1;
  }

  private Optional<PolicyFile> find(int line, String problem, String remedy) {
    findings.accept(new Diagnostic(new Position(name, line, ""), problem, remedy));
    return Optional.empty();
  }
}
