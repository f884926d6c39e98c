package updategateway.packaging;

import java.util.Locale;
import java.util.stream.Stream;
import updategateway.commandline.UsageException;

/** The processors that Lambda has. */
enum Architecture {
  X86_64("x86_64", "amd64"),
  ARM64("arm64", "aarch64");

  private final String word;
  private final String javasWord;

  Architecture(String word, String javasWord) {
    this.word = word;
    this.javasWord = javasWord;
  }

  /** As Lambda and the template write it. */
  String word() {
    return word;
  }

  static Architecture of(String written) throws UsageException {
    return find(written)
        .orElseThrow(() -> new UsageException("--arch is " + written + ": write x86_64 or arm64."));
  }

  /** The one of this machine. */
  static Architecture local() throws UsageException {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
      throw new UsageException(
          "A self-contained package has to be made on Linux, which Lambda runs: the Java runtime in it is this machine's."
              + " scripts/package managed works everywhere.");
    }
    String name = System.getProperty("os.arch", "");
    return find(name)
        .orElseThrow(
            () -> new UsageException("Lambda does not run on this processor, " + name + "."));
  }

  private static java.util.Optional<Architecture> find(String written) {
    return Stream.of(values())
        .filter(one -> one.word.equals(written) || one.javasWord.equals(written))
        .findFirst();
  }
}
