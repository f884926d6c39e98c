package updategateway.store.history;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import updategateway.store.dynamodb.Attribute;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.SdkAttributes;
import updategateway.store.dynamodb.Table;
import updategateway.store.dynamodb.TableSchema;

/** The transaction by which an activation takes effect: all of its writes, or none. */
final class ActivationTransaction {
  private ActivationTransaction() {}

  /**
   * Moves the pointer, appends the entry and closes the request.
   *
   * @param before the set in force that this activation follows; null for the first one
   * @return false if the pointer, the history or the request changed since they were read
   */
  static boolean commit(Table table, Activation activation, @Nullable ActiveSet before)
      throws PolicyStoreException {
    Map<String, Attribute> pointer = ActivationItem.pointer(activation.inForce());
    Put movePointer =
        before == null
            ? table.newItem(pointer).build()
            : table
                .put(pointer)
                .conditionExpression(
                    "#sequence = :sequence AND #entry = :entry AND #digest = :digest")
                .expressionAttributeNames(
                    Map.of(
                        "#sequence", TableSchema.SEQUENCE,
                        "#entry", TableSchema.ENTRY,
                        "#digest", TableSchema.DIGEST))
                .expressionAttributeValues(
                    SdkAttributes.of(
                        Map.of(
                            ":sequence", Attribute.fromN(Long.toString(before.sequence())),
                            ":entry", Attribute.fromS(String.valueOf(before.entry())),
                            ":digest", Attribute.fromS(before.digest().hex()))))
                .build();
    Put append = table.newItem(ActivationItem.of(activation)).build();
    Put note =
        table
            .put(DeploymentLedger.done(activation.request().requestId(), activation.sequence()))
            .conditionExpression(DeploymentLedger.IS_OPEN)
            .expressionAttributeNames(DeploymentLedger.IS_OPEN_NAMES)
            .build();
    return table.call(
        "put the policy set in force",
        () -> {
          try {
            table.transact(List.of(movePointer, append, note));
            return true;
          } catch (TransactionCanceledException e) {
            if (e.cancellationReasons().stream()
                .map(CancellationReason::code)
                .allMatch(ActivationTransaction::isRace)) {
              return false;
            }
            throw e;
          }
        });
  }

  private static boolean isRace(String reason) {
    return reason.equals("None")
        || reason.equals("ConditionalCheckFailed")
        || reason.equals("TransactionConflict");
  }
}
