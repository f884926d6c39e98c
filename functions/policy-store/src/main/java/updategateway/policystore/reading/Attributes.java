package updategateway.policystore.reading;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * DynamoDB's JSON: requests written, attributes read. What DynamoDB never writes is not read for
 * something that it may have meant: a name twice in one object, a number that is none, a null that
 * is not, any encoding but UTF-8.
 */
final class Attributes {
  /** DynamoDB nests 32 levels of attributes, of two levels of JSON each. */
  private static final int DEEPEST = 100;

  /** A megabyte of attributes, written as texts of one letter each. */
  static final int MOST_BYTES = 16 << 20;

  static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(MOST_BYTES)
                  .build())
          .build();

  private Attributes() {}

  /**
   * The body of a request: every field that it has.
   *
   * @throws IllegalArgumentException when a field is of a kind that neither a key nor a condition
   *     on keys has
   */
  static byte[] body(SdkPojo request) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      for (SdkField<?> field : request.sdkFields()) {
        Object value = field.getValueOrDefault(request);
        if (value != null
            && !(value instanceof SdkAutoConstructMap<?, ?>)
            && !(value instanceof SdkAutoConstructList<?>)) {
          json.writeFieldName(field.locationName());
          write(json, value);
        }
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  @SuppressWarnings("IfChainToSwitch") // No AOT cache keeps a switch over types ready.
  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof AttributeValue attribute) {
      value(json, attribute);
    } else if (value instanceof Boolean bool) {
      json.writeBoolean(bool);
    } else if (value instanceof Integer number) {
      json.writeNumber(number);
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        write(json, Objects.requireNonNull(entry.getValue()));
      }
      json.writeEndObject();
    } else {
      throw new IllegalArgumentException("no request has a " + value.getClass());
    }
  }

  /** One of a key; those are texts, numbers or bytes. */
  private static void value(JsonGenerator json, AttributeValue value) throws IOException {
    json.writeStartObject();
    if (value.s() != null) {
      json.writeStringField("S", value.s());
    } else if (value.n() != null) {
      json.writeStringField("N", value.n());
    } else if (value.b() != null) {
      json.writeFieldName("B");
      json.writeBinary(value.b().asByteArrayUnsafe());
    } else {
      throw new IllegalArgumentException("no key has a " + value.type());
    }
    json.writeEndObject();
  }

  /**
   * A parser of an answer. Given bytes, Jackson would also find out other encodings by itself, and
   * take characters that are written longer than UTF-8 writes them.
   */
  static JsonParser parser(byte[] answer) throws IOException {
    CharBuffer text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(answer));
    } catch (CharacterCodingException e) {
      throw new JsonParseException(null, "bytes that are not UTF-8", e);
    }
    return JSON.createParser(text.array(), text.arrayOffset(), text.remaining());
  }

  /** The object that begins at the parser's token: names and attributes. */
  static Map<String, AttributeValue> map(JsonParser json) throws IOException {
    expect(json, JsonToken.START_OBJECT);
    Map<String, AttributeValue> attributes = new HashMap<>();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      attributes.put(name, value(json));
    }
    return attributes;
  }

  /** The array of such objects. */
  static List<Map<String, AttributeValue>> maps(JsonParser json) throws IOException {
    expect(json, JsonToken.START_ARRAY);
    List<Map<String, AttributeValue>> maps = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      maps.add(map(json));
    }
    return maps;
  }

  private static AttributeValue value(JsonParser json) throws IOException {
    expect(json, JsonToken.START_OBJECT);
    String type = json.nextFieldName();
    if (type == null) {
      throw new JsonParseException(json, "an attribute without a type");
    }
    JsonToken token = json.nextToken();
    AttributeValue value =
        switch (type) {
          case "S" -> AttributeValue.fromS(text(json));
          case "N" -> AttributeValue.fromN(number(json));
          case "B" -> AttributeValue.fromB(bytes(json));
          case "BOOL" -> AttributeValue.fromBool(bool(json, token));
          case "NULL" -> {
            expect(json, JsonToken.VALUE_TRUE);
            yield AttributeValue.fromNul(true);
          }
          case "M" -> AttributeValue.fromM(map(json));
          case "L" -> AttributeValue.fromL(list(json));
          case "SS" -> AttributeValue.fromSs(texts(json));
          case "NS" -> AttributeValue.fromNs(numbers(json));
          case "BS" -> {
            List<SdkBytes> all = new ArrayList<>();
            expect(json, JsonToken.START_ARRAY);
            while (json.nextToken() != JsonToken.END_ARRAY) {
              all.add(bytes(json));
            }
            yield AttributeValue.fromBs(all);
          }
          default -> throw new JsonParseException(json, "an attribute of the type " + type);
        };
    json.nextToken();
    expect(json, JsonToken.END_OBJECT);
    return value;
  }

  private static List<AttributeValue> list(JsonParser json) throws IOException {
    expect(json, JsonToken.START_ARRAY);
    List<AttributeValue> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(json));
    }
    return values;
  }

  private static List<String> texts(JsonParser json) throws IOException {
    expect(json, JsonToken.START_ARRAY);
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(text(json));
    }
    return texts;
  }

  private static List<String> numbers(JsonParser json) throws IOException {
    expect(json, JsonToken.START_ARRAY);
    List<String> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      numbers.add(number(json));
    }
    return numbers;
  }

  private static String number(JsonParser json) throws IOException {
    String text = text(json);
    if (!isNumber(text)) {
      throw new JsonParseException(json, "a number that is none");
    }
    return text;
  }

  /** Digits; with a sign before, a fraction and an exponent behind, or without. */
  private static boolean isNumber(String text) {
    int sign = text.startsWith("-") ? 1 : 0;
    int end = digits(text, sign);
    boolean number = end > sign;
    if (number && end < text.length() && text.charAt(end) == '.') {
      int fraction = end + 1;
      end = digits(text, fraction);
      number = end > fraction;
    }
    if (number && end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      int exponent = end + 1;
      if (exponent < text.length()
          && (text.charAt(exponent) == '+' || text.charAt(exponent) == '-')) {
        exponent++;
      }
      end = digits(text, exponent);
      number = end > exponent;
    }
    return number && end == text.length();
  }

  private static int digits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static String text(JsonParser json) throws IOException {
    expect(json, JsonToken.VALUE_STRING);
    return json.getText();
  }

  private static SdkBytes bytes(JsonParser json) throws IOException {
    expect(json, JsonToken.VALUE_STRING);
    return SdkBytes.fromByteArrayUnsafe(json.getBinaryValue());
  }

  private static boolean bool(JsonParser json, JsonToken token) throws IOException {
    if (!token.isBoolean()) {
      throw new JsonParseException(json, "a truth that is " + token);
    }
    return token == JsonToken.VALUE_TRUE;
  }

  static void expect(JsonParser json, JsonToken token) throws IOException {
    if (json.currentToken() != token) {
      throw new JsonParseException(json, json.currentToken() + " where " + token + " belongs");
    }
  }
}
