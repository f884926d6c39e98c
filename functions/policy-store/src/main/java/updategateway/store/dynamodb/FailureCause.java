package updategateway.store.dynamodb;

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
public enum FailureCause {
  /** Nobody is there, or the connection broke. */
  UNREACHABLE,
  /** No whole answer in time. */
  TIMED_OUT,
  /** DynamoDB takes no more requests now. */
  THROTTLED,
  /** Credentials, keys or clocks are not as they must be for this to be allowed. */
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
          "AccessDenied",
          "AccessDeniedException",
          "ExpiredToken",
          "ExpiredTokenException",
          "IncompleteSignature",
          "IncompleteSignatureException",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "InvalidToken",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "NotAuthorized",
          "OptInRequired",
          "RequestExpired",
          "RequestInTheFuture",
          "RequestTimeTooSkewed",
          "SignatureDoesNotMatch",
          "TokenRefreshRequired",
          "UnauthorizedOperation",
          "UnrecognizedClientException");

  /** HTTP's own words for it, where a front says no before DynamoDB can. */
  private static final Set<Integer> DENYING_STATUSES = Set.of(401, 403, 407);

  /** The key that the table is encrypted with cannot be used. */
  private static final String KEYS = "KMS";

  /** As it is written in the log: lower case and hyphens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What an exception of the SDK means. */
  public static FailureCause of(Throwable thrown) {
    return switch (thrown) {
      case ApiCallTimeoutException _, ApiCallAttemptTimeoutException _ -> TIMED_OUT;
      case Crc32MismatchException _ -> UNREADABLE;
      case ResourceNotFoundException _ -> NO_TABLE;
      case AwsServiceException answered -> of(answered);
      default -> ofClient(thrown);
    };
  }

  private static FailureCause of(AwsServiceException answered) {
    int status = answered.statusCode();
    String said =
        answered.awsErrorDetails() == null ? null : answered.awsErrorDetails().errorCode();
    String code = said == null ? "" : said;
    if (answered.isThrottlingException() || code.contains("Throttling")) {
      return THROTTLED;
    }
    if (DENIALS.contains(code) || code.startsWith(KEYS) || DENYING_STATUSES.contains(status)) {
      return DENIED;
    }
    if (status >= 500) {
      return SERVER_FAULT;
    }
    // DynamoDB names every error. What has no name, or sends elsewhere, is somebody else's answer.
    return status < 400 || isNone(code, status) ? UNREADABLE : OTHER;
  }

  /** Where an answer has no code, the SDK takes the status for one. */
  private static boolean isNone(String code, int status) {
    return code.isEmpty() || code.equals(Integer.toString(status));
  }

  private static FailureCause ofClient(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return TIMED_OUT;
      }
      // The exceptions of the SDK's own parser are I/O exceptions too.
      if (cause instanceof MalformedResponseException
          || cause.getClass().getName().contains(".jackson.")) {
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
