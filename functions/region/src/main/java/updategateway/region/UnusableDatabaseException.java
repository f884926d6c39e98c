package updategateway.region;

import java.io.IOException;

/** Thrown for a file that is an address database, and not one that can be used here. */
final class UnusableDatabaseException extends IOException {
  private static final long serialVersionUID = 1;

  UnusableDatabaseException(String message) {
    super(message);
  }
}
