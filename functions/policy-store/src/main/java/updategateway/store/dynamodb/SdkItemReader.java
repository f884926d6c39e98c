package updategateway.store.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/** Asks through the SDK's own client. */
public final class SdkItemReader implements ItemReader {
  private final DynamoDbClient client;

  /**
   * @param client closed with this
   */
  public SdkItemReader(DynamoDbClient client) {
    this.client = client;
  }

  @Override
  public GetItemResult item(GetItem question) {
    GetItemRequest.Builder get =
        GetItemRequest.builder()
            .tableName(question.table())
            .key(SdkAttributes.of(question.key()))
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
    if (question.consistent()) {
      get.consistentRead(true);
    }
    GetItemResponse answer = client.getItem(get.build());
    return new GetItemResult(
        answer.hasItem() ? SdkAttributes.from(answer.item()) : null,
        table(answer.consumedCapacity()));
  }

  @Override
  public QueryResult page(Query question) {
    QueryRequest.Builder query =
        QueryRequest.builder()
            .tableName(question.table())
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
            .keyConditionExpression("#pk = :pk")
            .expressionAttributeNames(Map.of("#pk", question.key()))
            .expressionAttributeValues(Map.of(":pk", SdkAttributes.of(question.partition())))
            .limit(question.most());
    if (question.after() != null) {
      query.exclusiveStartKey(SdkAttributes.of(question.after()));
    }
    if (question.consistent()) {
      query.consistentRead(true);
    }
    if (question.order() == Order.DESCENDING) {
      query.scanIndexForward(false);
    }
    QueryResponse answer = client.query(query.build());
    Map<String, AttributeValue> last = answer.lastEvaluatedKey();
    List<Map<String, Attribute>> items = new ArrayList<>();
    answer.items().forEach(item -> items.add(SdkAttributes.from(item)));
    return new QueryResult(
        items, last.isEmpty() ? null : SdkAttributes.from(last), table(answer.consumedCapacity()));
  }

  private static @Nullable String table(@Nullable ConsumedCapacity cost) {
    return cost == null ? null : cost.tableName();
  }

  @Override
  public void close() {
    client.close();
  }
}
