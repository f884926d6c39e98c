package updategateway.commandline.tables;

import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import updategateway.commandline.UsageException;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.StoreSettings;

/**
 * Creates the template's tables in any DynamoDB; those that are there already are left as they are.
 */
public final class TableCreation {
  private TableCreation() {}

  /**
   * Creates what is missing, and waits until it can be used.
   *
   * @throws UsageException when the endpoint cannot be reached, or has a table of the name with
   *     other keys
   */
  public static void create(List<TemplateTables.Table> tables, StoreSettings settings)
      throws UsageException {
    create(tables, PolicyStore.client(settings), settings);
  }

  /** Likewise, where a table that was chosen is to be. */
  public static void create(List<TemplateTables.Table> tables, TableConnection chosen)
      throws UsageException {
    create(tables, chosen.client(), chosen.settings());
  }

  private static void create(
      List<TemplateTables.Table> tables, DynamoDbClient opened, StoreSettings settings)
      throws UsageException {
    try (DynamoDbClient client = opened) {
      for (TemplateTables.Table table : tables) {
        create(table, client);
      }
    } catch (DynamoDbException e) {
      throw new UsageException(
          "DynamoDB at "
              + settings.endpoint()
              + " does not create the tables: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    } catch (SdkException e) {
      throw new UsageException(
          "DynamoDB cannot be reached at "
              + settings.endpoint()
              + ": "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static void create(TemplateTables.Table table, DynamoDbClient client)
      throws UsageException {
    try {
      DescribeTableResponse there =
          client.describeTable(describe -> describe.tableName(table.name()));
      if (!there.table().keySchema().equals(table.keys())) {
        throw new UsageException(
            "The table "
                + table.name()
                + " is there with other keys than the template's: remove it, or use another DynamoDB.");
      }
      return;
    } catch (ResourceNotFoundException e) {
      // Created below.
    }
    try {
      client.createTable(create ->
          create
              .tableName(table.name())
              .billingMode(BillingMode.PAY_PER_REQUEST)
              .attributeDefinitions(table.attributes())
              .keySchema(table.keys()));
    } catch (ResourceInUseException e) {
      // Somebody else was faster, with the same template.
    }
    client.waiter().waitUntilTableExists(describe -> describe.tableName(table.name()));
  }
}
