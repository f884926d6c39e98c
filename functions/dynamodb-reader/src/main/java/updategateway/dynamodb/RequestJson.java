package updategateway.dynamodb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkClientException;
import updategateway.store.dynamodb.Attribute;
import updategateway.store.dynamodb.ItemReader;

/**
 * The questions in DynamoDB's JSON (Amazon DynamoDB API Reference, {@code GetItem} and {@code
 * Query}), as the SDK writes them: what is not asked for is not named.
 */
final class RequestJson {
  private static final JsonFactory JSON = new JsonFactory();

  private RequestJson() {}

  /**
   * @throws IllegalArgumentException when the key is neither text nor number nor bytes
   */
  static byte[] of(ItemReader.GetItem question) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      common(json, question.table(), question.consistent());
      key(json, "Key", question.key());
      json.writeEndObject();
    } catch (IOException e) {
      throw unwritable(e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IllegalArgumentException when a key is neither text nor number nor bytes
   */
  static byte[] of(ItemReader.Query question) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      common(json, question.table(), question.consistent());
      json.writeStringField("KeyConditionExpression", "#pk = :pk");
      json.writeObjectFieldStart("ExpressionAttributeNames");
      json.writeStringField("#pk", question.key());
      json.writeEndObject();
      json.writeObjectFieldStart("ExpressionAttributeValues");
      json.writeFieldName(":pk");
      AttributeJson.write(json, question.partition());
      json.writeEndObject();
      if (question.order() == ItemReader.Order.DESCENDING) {
        json.writeBooleanField("ScanIndexForward", false);
      }
      if (question.most() != null) {
        json.writeNumberField("Limit", question.most());
      }
      if (question.after() != null) {
        key(json, "ExclusiveStartKey", question.after());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw unwritable(e);
    }
    return bytes.toByteArray();
  }

  private static void common(JsonGenerator json, String table, boolean consistent)
      throws IOException {
    json.writeStringField("TableName", table);
    if (consistent) {
      json.writeBooleanField("ConsistentRead", true);
    }
    json.writeStringField("ReturnConsumedCapacity", "TOTAL");
  }

  private static void key(JsonGenerator json, String name, Map<String, Attribute> key)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Attribute> attribute : key.entrySet()) {
      json.writeFieldName(attribute.getKey());
      AttributeJson.write(json, attribute.getValue());
    }
    json.writeEndObject();
  }

  private static SdkClientException unwritable(IOException e) {
    return SdkClientException.create("could not write a request", e);
  }
}
