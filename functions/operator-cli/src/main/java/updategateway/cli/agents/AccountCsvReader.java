package updategateway.cli.agents;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import updategateway.commandline.UsageException;
import updategateway.gateway.registration.AgentIdExtractor;
import updategateway.store.agents.AgentRepository.Account;

/**
 * Accounts from a CSV file (RFC 4180) in UTF-8, one after the other, without the file ever being in
 * memory. The first line names the columns, {@code agentId} and {@code countries} in any order;
 * codes in one field have spaces or semicolons between them. For one thread.
 */
final class AccountCsvReader implements AutoCloseable {
  private static final String AGENT_ID = "agentid";
  private static final String COUNTRIES = "countries";
  private static final Pattern BETWEEN_CODES = Pattern.compile("[;\\s]+");
  private static final int LONGEST_LINE = 1 << 16;
  private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  /** Windows PowerShell 5 writes the type of its objects before the columns. */
  private static final String POWERSHELL_TYPE = "#TYPE ";

  private final Path file;
  private final CsvReader<CsvRecord> reader;
  private final CloseableIterator<CsvRecord> records;
  private final int idColumn;
  private final int countriesColumn;
  private final AgentIdExtractor source;
  private long line;

  /** A line of the file. */
  sealed interface Line {
    /** Its number, from 1. */
    long number();
  }

  /** It is an account. */
  record Read(long number, Account account) implements Line {}

  /**
   * It is none.
   *
   * @param problem what is wrong and what to write instead
   */
  record Rejected(long number, String problem) implements Line {}

  /**
   * Opens a file and reads its first line.
   *
   * @param source where agents name themselves: an id that cannot stand there is rejected
   * @throws UsageException when the file cannot be read or its first line names other columns
   */
  AccountCsvReader(Path file, AgentIdExtractor source) throws UsageException {
    this.file = file;
    this.source = source;
    try {
      InputStreamReader text =
          new InputStreamReader(withoutBom(file), StandardCharsets.UTF_8.newDecoder());
      this.reader =
          CsvReader.builder()
              .detectBomHeader(false)
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .allowUnclosedQuote(false)
              .maxBufferSize(LONGEST_LINE)
              .ofCsvRecord(text);
    } catch (IOException e) {
      throw new UsageException("There is no file " + file + " that can be read.");
    }
    this.records = reader.iterator();
    CsvRecord header = record();
    if (header != null && header.getField(0).startsWith(POWERSHELL_TYPE)) {
      header = record();
    }
    List<String> columns =
        header == null
            ? List.of()
            : header.getFields().stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
    this.idColumn = columns.indexOf(AGENT_ID);
    this.countriesColumn = columns.indexOf(COUNTRIES);
    if (columns.size() != 2 || idColumn < 0 || countriesColumn < 0) {
      close();
      throw new UsageException(
          file + ":1: the first line names the columns: write agentId,countries");
    }
  }

  /**
   * The next line that is not empty; null behind the last one.
   *
   * @throws UsageException when the file cannot be read on from here
   */
  @Nullable Line next() throws UsageException {
    CsvRecord record = record();
    if (record == null) {
      return null;
    }
    long number = record.getStartingLineNumber();
    if (record.getFieldCount() != 2) {
      return new Rejected(
          number,
          "has "
              + record.getFieldCount()
              + (record.getFieldCount() == 1 ? " field" : " fields")
              + ": write an id, a comma, and codes with spaces or semicolons between them");
    }
    String codes = record.getField(countriesColumn).strip();
    if (codes.isEmpty()) {
      return new Rejected(
          number, "names no place: write where the account is registered, or use remove");
    }
    String id = record.getField(idColumn);
    Optional<String> problem = source.problem(id);
    if (problem.isPresent()) {
      return new Rejected(number, problem.get());
    }
    try {
      return new Read(
          number, new Account(id, PlaceText.parse(List.of(BETWEEN_CODES.split(codes)))));
    } catch (IllegalArgumentException e) {
      return new Rejected(number, String.valueOf(e.getMessage()));
    }
  }

  /** Opens a file behind the byte order mark that Windows programs write. */
  private static InputStream withoutBom(Path file) throws IOException {
    PushbackInputStream in =
        new PushbackInputStream(new BufferedInputStream(Files.newInputStream(file)), BOM.length);
    byte[] first = in.readNBytes(BOM.length);
    if (!Arrays.equals(first, BOM)) {
      in.unread(first);
    }
    return in;
  }

  private @Nullable CsvRecord record() throws UsageException {
    try {
      if (!records.hasNext()) {
        return null;
      }
      CsvRecord record = records.next();
      line = record.getStartingLineNumber();
      return record;
    } catch (CsvParseException | UncheckedIOException e) {
      throw new UsageException(
          file + (line == 0 ? "" : ", behind line " + line) + ": " + reason(e));
    }
  }

  private static String reason(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CharacterCodingException) {
        return "is not UTF-8: save it as UTF-8.";
      }
    }
    String message = String.valueOf(e.getMessage());
    return message.contains("buffer")
        ? "a line is longer than " + LONGEST_LINE + " characters; is a quote not closed?"
        : "is no CSV: " + message + (message.endsWith(".") ? "" : ".");
  }

  @Override
  public void close() {
    try {
      records.close();
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a file that was read cannot be closed", e);
    }
  }
}
