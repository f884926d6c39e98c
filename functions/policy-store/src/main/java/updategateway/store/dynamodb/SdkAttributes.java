package updategateway.store.dynamodb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attributes as the SDK has them, from and to those of this module. */
public final class SdkAttributes {
  private SdkAttributes() {}

  /** The same attributes for the SDK. */
  public static Map<String, AttributeValue> of(Map<String, Attribute> attributes) {
    Map<String, AttributeValue> all = new HashMap<>();
    attributes.forEach((name, attribute) -> all.put(name, of(attribute)));
    return all;
  }

  /** The same for the SDK. */
  @SuppressWarnings("unchecked") // The type says of what a list is one.
  public static AttributeValue of(Attribute attribute) {
    Object value = attribute.value();
    return switch (attribute.type()) {
      case S -> AttributeValue.fromS((String) value);
      case N -> AttributeValue.fromN((String) value);
      case B -> AttributeValue.fromB((SdkBytes) value);
      case SS -> AttributeValue.fromSs((List<String>) value);
      case NS -> AttributeValue.fromNs((List<String>) value);
      case BS -> AttributeValue.fromBs((List<SdkBytes>) value);
      case M -> AttributeValue.fromM(of((Map<String, Attribute>) value));
      case L -> {
        List<AttributeValue> items = new ArrayList<>();
        ((List<Attribute>) value).forEach(item -> items.add(of(item)));
        yield AttributeValue.fromL(items);
      }
      case BOOL -> AttributeValue.fromBool((Boolean) value);
      case NUL -> AttributeValue.fromNul((Boolean) value);
      case UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalArgumentException("nothing of an unknown type is written");
    };
  }

  /** The SDK's attributes for this module; none where there is null for all of them. */
  public static Map<String, Attribute> from(@Nullable Map<String, AttributeValue> attributes) {
    Map<String, Attribute> all = new HashMap<>();
    if (attributes == null) {
      return all;
    }
    attributes.forEach((name, value) -> all.put(name, from(value)));
    return all;
  }

  /** The SDK's for this module; null is what it makes of JSON's, which DynamoDB never writes. */
  public static Attribute from(@Nullable AttributeValue value) {
    AttributeValue.Type type = value == null ? null : value.type();
    if (value == null || type == null) {
      return Attribute.unknown(String.valueOf(value));
    }
    return switch (type) {
      case S -> Attribute.fromS(value.s());
      case N -> Attribute.fromN(value.n());
      case B -> Attribute.fromB(value.b());
      case SS -> Attribute.fromSs(value.ss());
      case NS -> Attribute.fromNs(value.ns());
      case BS -> Attribute.fromBs(value.bs());
      case M -> Attribute.fromM(from(value.m()));
      case L -> {
        List<Attribute> items = new ArrayList<>();
        value.l().forEach(item -> items.add(from(item)));
        yield Attribute.fromL(items);
      }
      case BOOL -> Attribute.fromBool(value.bool());
      case NUL -> Attribute.fromNul(value.nul());
      case UNKNOWN_TO_SDK_VERSION -> Attribute.unknown(value.toString());
    };
  }
}
