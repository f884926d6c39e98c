package updategateway.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import updategateway.policy.json.StrictJsonReader;
import updategateway.store.dynamodb.Attribute;

/**
 * Attributes in DynamoDB's JSON, written and read. What DynamoDB never writes is not read for
 * something that it may have meant: a name twice in one object, a number that is none, a null that
 * is not, any encoding but UTF-8.
 */
final class AttributeJson {
  /** DynamoDB nests 32 levels of attributes, of two levels of JSON each. */
  private static final int DEEPEST = 100;

  /** A megabyte of attributes, written as texts of one letter each. */
  static final int MOST_BYTES = 16 << 20;

  private AttributeJson() {}

  /**
   * Writes one of a key; those are texts, numbers or bytes.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static void write(JsonGenerator json, Attribute value) throws IOException {
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

  /** A reader of an answer. */
  static StrictJsonReader reader(byte[] answer) {
    return new StrictJsonReader(new ByteArrayInputStream(answer), MOST_BYTES, DEEPEST);
  }

  /** The names of one object, in turn: one that comes again is an error. */
  static final class Members {
    private final Set<String> seen = new HashSet<>();
    private final StrictJsonReader json;

    /** Of the object that comes next. */
    Members(StrictJsonReader json) throws IOException {
      json.expect(JsonToken.BEGIN_OBJECT);
      json.beginObject();
      this.json = json;
    }

    /** Whether there is another; the object is closed where there is none. */
    boolean hasNext() throws IOException {
      boolean next = json.hasNext();
      if (!next) {
        json.endObject();
      }
      return next;
    }

    /** Its name; its value comes next. */
    String next() throws IOException {
      String name = json.nextName();
      if (!seen.add(name)) {
        throw new MalformedJsonException("a name twice in one object: " + name);
      }
      return name;
    }
  }

  /** The object that comes next: names and attributes, not to be changed. */
  static Map<String, Attribute> map(StrictJsonReader json) throws IOException {
    Map<String, Attribute> attributes = new HashMap<>();
    Members members = new Members(json);
    while (members.hasNext()) {
      attributes.put(members.next(), value(json));
    }
    return Collections.unmodifiableMap(attributes);
  }

  private static Attribute value(StrictJsonReader json) throws IOException {
    Members members = new Members(json);
    if (!members.hasNext()) {
      throw new MalformedJsonException("an attribute without a type");
    }
    String type = members.next();
    Attribute value =
        switch (type) {
          case "S" -> Attribute.fromS(text(json));
          case "N" -> Attribute.fromN(number(json));
          case "B" -> Attribute.fromB(bytes(json));
          case "BOOL" -> Attribute.fromBool(bool(json));
          case "NULL" -> {
            if (!bool(json)) {
              throw new MalformedJsonException("a null that is not");
            }
            yield Attribute.fromNul(true);
          }
          case "M" -> Attribute.fromM(map(json));
          case "L" -> Attribute.fromL(list(json, AttributeJson::value));
          case "SS" -> Attribute.fromSs(list(json, AttributeJson::text));
          case "NS" -> Attribute.fromNs(list(json, AttributeJson::number));
          case "BS" -> Attribute.fromBs(list(json, AttributeJson::bytes));
          default -> throw new MalformedJsonException("an attribute of the type " + type);
        };
    if (members.hasNext()) {
      throw new MalformedJsonException("an attribute of two types");
    }
    return value;
  }

  /** The array that comes next, not to be changed. */
  static <T> List<T> list(StrictJsonReader json, Reading<T> reading) throws IOException {
    json.expect(JsonToken.BEGIN_ARRAY);
    List<T> all = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      all.add(reading.read(json));
    }
    json.endArray();
    return Collections.unmodifiableList(all);
  }

  /** Reads what comes next. */
  @FunctionalInterface
  interface Reading<T> {
    T read(StrictJsonReader json) throws IOException;
  }

  /** Passes over what comes next, as strictly as everything else is read. */
  static void skip(StrictJsonReader json) throws IOException {
    switch (json.peek()) {
      case BEGIN_OBJECT -> {
        Members members = new Members(json);
        while (members.hasNext()) {
          var _ = members.next();
          skip(json);
        }
      }
      case BEGIN_ARRAY -> {
        json.beginArray();
        while (json.hasNext()) {
          skip(json);
        }
        json.endArray();
      }
      default -> json.skipValue();
    }
  }

  private static String number(StrictJsonReader json) throws IOException {
    String text = text(json);
    if (!isNumber(text)) {
      throw new MalformedJsonException("a number that is none");
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

  private static String text(StrictJsonReader json) throws IOException {
    json.expect(JsonToken.STRING);
    return json.nextString();
  }

  private static SdkBytes bytes(StrictJsonReader json) throws IOException {
    try {
      return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(text(json)));
    } catch (IllegalArgumentException e) {
      throw new MalformedJsonException("bytes that are not in base 64");
    }
  }

  private static boolean bool(StrictJsonReader json) throws IOException {
    json.expect(JsonToken.BOOLEAN);
    return json.nextBoolean();
  }
}
