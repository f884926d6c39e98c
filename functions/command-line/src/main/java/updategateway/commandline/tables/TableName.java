package updategateway.commandline.tables;

import java.util.regex.Pattern;
import updategateway.commandline.UsageException;

/**
 * What a table may be called ("Naming rules" in the Amazon DynamoDB Developer Guide). DynamoDB
 * takes an ARN for a name, too.
 */
public final class TableName {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{3,255}|arn:\\S+");

  private TableName() {}

  /**
   * The name as it is.
   *
   * @throws UsageException when no table can be called that
   */
  public static String of(String option, String name) throws UsageException {
    if (!NAME.matcher(name).matches()) {
      throw new UsageException(
          option
              + " is "
              + (name.isEmpty() ? "empty" : name)
              + ": the name of a DynamoDB table has 3 to 255 characters of a-z, A-Z, 0-9, _, - and .");
    }
    return name;
  }
}
