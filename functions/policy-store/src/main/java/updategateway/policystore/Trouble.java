package updategateway.policystore;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.Crc32MismatchException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Why a table could not be read, for a machine; the words are for people. */
public enum Trouble {
  /** Nobody is there, or the connection broke. */
  UNREACHABLE,
  /** No whole answer in time. */
  TIMED_OUT,
  /** DynamoDB takes no more requests now. */
  THROTTLED,
  /** Credentials are missing, expired, of another region, or do not allow it. */
  DENIED,
  /** There is no such table in this account and region. */
  NO_TABLE,
  /** DynamoDB says that it failed. */
  SERVER_FAULT,
  /** What came is no answer of DynamoDB. */
  UNREADABLE,
  /** The table is there and no set is in force. */
  NOTHING_IN_FORCE,
  /** Anything else: a fault of ours. */
  OTHER;

  private static final Set<String> DENIALS =
      Set.of(
          "AccessDeniedException",
          "ExpiredTokenException",
          "IncompleteSignatureException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "MissingAuthenticationTokenException",
          "NotAuthorized",
          "OptInRequired",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");

  /** As it is written in the log: lower case and hyphens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What an exception of the SDK means. */
  static Trouble of(Throwable thrown) {
    return switch (thrown) {
      case ApiCallTimeoutException _, ApiCallAttemptTimeoutException _ -> TIMED_OUT;
      case Crc32MismatchException _ -> UNREADABLE;
      case ResourceNotFoundException _ -> NO_TABLE;
      case AwsServiceException answered -> of(answered);
      default -> ofClient(thrown);
    };
  }

  private static Trouble of(AwsServiceException answered) {
    String code = answered.awsErrorDetails() == null ? "" : answered.awsErrorDetails().errorCode();
    if (answered.isThrottlingException()) {
      return THROTTLED;
    }
    if (code != null && DENIALS.contains(code)) {
      return DENIED;
    }
    return answered.statusCode() >= 500 ? SERVER_FAULT : OTHER;
  }

  private static Trouble ofClient(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return TIMED_OUT;
      }
      // The parser's own exceptions are I/O exceptions too.
      if (cause.getClass().getName().contains(".jackson.")) {
        return UNREADABLE;
      }
      if (cause instanceof IOException) {
        return UNREACHABLE;
      }
      if (String.valueOf(cause.getMessage()).contains("Unable to load credentials")) {
        return DENIED;
      }
    }
    return OTHER;
  }
}
