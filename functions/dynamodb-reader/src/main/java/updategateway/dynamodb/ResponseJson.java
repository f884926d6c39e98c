package updategateway.dynamodb;

import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import updategateway.policy.json.StrictJsonReader;
import updategateway.store.dynamodb.Attribute;
import updategateway.store.dynamodb.ItemReader;
import updategateway.store.dynamodb.MalformedResponseException;

/** Reader of the JSON in DynamoDB's responses to GetItem and Query. */
final class ResponseJson {
  private ResponseJson() {}

  /** Returns the result of GetItem. */
  static ItemReader.GetItemResult item(StrictJsonReader json) throws IOException {
    Map<String, Attribute> item = null;
    String table = null;
    AttributeJson.Members members = new AttributeJson.Members(json);
    while (members.hasNext()) {
      switch (members.next()) {
        case "Item" -> item = AttributeJson.map(json);
        case "ConsumedCapacity" -> table = table(json);
        default -> AttributeJson.skip(json);
      }
    }
    return new ItemReader.GetItemResult(item, table);
  }

  /** Returns the result of Query. */
  static ItemReader.QueryResult page(StrictJsonReader json) throws IOException {
    List<Map<String, Attribute>> items = List.of();
    Map<String, Attribute> lastKey = null;
    String table = null;
    AttributeJson.Members members = new AttributeJson.Members(json);
    while (members.hasNext()) {
      switch (members.next()) {
        case "Items" -> items = AttributeJson.list(json, AttributeJson::map);
        case "LastEvaluatedKey" -> lastKey = AttributeJson.map(json);
        case "ConsumedCapacity" -> table = table(json);
        default -> AttributeJson.skip(json);
      }
    }
    return new ItemReader.QueryResult(
        items, lastKey == null || lastKey.isEmpty() ? null : lastKey, table);
  }

  /** Returns the table named in the consumed capacity. */
  private static @Nullable String table(StrictJsonReader json) throws IOException {
    String table = null;
    AttributeJson.Members members = new AttributeJson.Members(json);
    while (members.hasNext()) {
      if (members.next().equals("TableName") && json.peek() == JsonToken.STRING) {
        table = json.nextString();
      } else {
        AttributeJson.skip(json);
      }
    }
    return table;
  }

  /**
   * Returns what the function reads from a whole body.
   *
   * @throws MalformedResponseException if the body is not what the function expects, or has more
   */
  static <T> T read(byte[] body, AttributeJson.Reading<T> reading)
      throws MalformedResponseException {
    try {
      StrictJsonReader json = AttributeJson.reader(body);
      T answer = reading.read(json);
      json.expect(JsonToken.END_DOCUMENT);
      return answer;
    } catch (IOException e) {
      throw new MalformedResponseException(e);
    }
  }

  /** Returns the exception that the SDK would throw for a response other than a success. */
  static DynamoDbException refusal(HttpCall.Answer answer) {
    String code = null;
    String message = null;
    try {
      StrictJsonReader json = AttributeJson.reader(answer.body());
      AttributeJson.Members members = new AttributeJson.Members(json);
      while (members.hasNext()) {
        String name = members.next();
        if (json.peek() != JsonToken.STRING) {
          AttributeJson.skip(json);
        } else if (name.equals("__type")) {
          String type = json.nextString();
          code = type.substring(type.indexOf('#') + 1);
        } else if (name.equalsIgnoreCase("message")) {
          message = json.nextString();
        } else {
          AttributeJson.skip(json);
        }
      }
    } catch (IOException e) {
      // The status alone says enough; a front before DynamoDB may answer with a page.
    }
    AwsErrorDetails details =
        AwsErrorDetails.builder()
            .serviceName("DynamoDb")
            .errorCode(code)
            .errorMessage(message == null ? "no message" : message)
            .build();
    DynamoDbException.Builder refusal =
        "ResourceNotFoundException".equals(code)
            ? ResourceNotFoundException.builder()
            : DynamoDbException.builder();
    refusal.awsErrorDetails(details).statusCode(answer.status()).requestId(answer.requestId());
    return (DynamoDbException) refusal.build();
  }
}
