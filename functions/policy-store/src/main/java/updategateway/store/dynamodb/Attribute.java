package updategateway.store.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/**
 * What an attribute of an item holds: a value of one of DynamoDB's types. The SDK's own has a list
 * of fields with two functions each, put together at each start, and copies what it is given.
 *
 * <p>Lists and maps are not copied: whoever gives one away no longer changes it.
 */
public final class Attribute {
  private final Type type;
  private final Object value;

  /** DynamoDB's types, by the SDK's names. */
  public enum Type {
    S,
    N,
    B,
    SS,
    NS,
    BS,
    M,
    L,
    BOOL,
    NUL,
    /** Of none of these, or of several at once; only the SDK's client takes that for a value. */
    UNKNOWN_TO_SDK_VERSION
  }

  private Attribute(Type type, Object value) {
    this.type = type;
    this.value = value;
  }

  /** A text. */
  public static Attribute fromS(String text) {
    return new Attribute(Type.S, text);
  }

  /** A number, in decimal digits as it is written. */
  public static Attribute fromN(String digits) {
    return new Attribute(Type.N, digits);
  }

  /** Bytes. */
  public static Attribute fromB(SdkBytes bytes) {
    return new Attribute(Type.B, bytes);
  }

  /** A set of texts. */
  public static Attribute fromSs(List<String> texts) {
    return new Attribute(Type.SS, texts);
  }

  /** A set of numbers. */
  public static Attribute fromNs(List<String> numbers) {
    return new Attribute(Type.NS, numbers);
  }

  /** A set of bytes. */
  public static Attribute fromBs(List<SdkBytes> all) {
    return new Attribute(Type.BS, all);
  }

  /** Attributes by their names. */
  public static Attribute fromM(Map<String, Attribute> attributes) {
    return new Attribute(Type.M, attributes);
  }

  /** A list of any types. */
  public static Attribute fromL(List<Attribute> items) {
    return new Attribute(Type.L, items);
  }

  /** True or false. */
  public static Attribute fromBool(boolean value) {
    return new Attribute(Type.BOOL, value);
  }

  /** Null, which the SDK says by true. */
  public static Attribute fromNul(boolean value) {
    return new Attribute(Type.NUL, value);
  }

  /** What is none of these; said in these words. */
  public static Attribute unknown(String said) {
    return new Attribute(Type.UNKNOWN_TO_SDK_VERSION, said);
  }

  /** Which type it is of. */
  public Type type() {
    return type;
  }

  /** The text; null when it is none. */
  public @Nullable String s() {
    return only(Type.S);
  }

  /** The number as it was written; null when it is none. */
  public @Nullable String n() {
    return only(Type.N);
  }

  /** The bytes; null when it is none. */
  public @Nullable SdkBytes b() {
    return only(Type.B);
  }

  /** The set of texts; null when it is none. */
  public @Nullable List<String> ss() {
    return only(Type.SS);
  }

  /** The list; null when it is none. */
  public @Nullable List<Attribute> l() {
    return only(Type.L);
  }

  /** The map; null when it is none. */
  public @Nullable Map<String, Attribute> m() {
    return only(Type.M);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // One method makes each type.
  private <T> @Nullable T only(Type wanted) {
    return type == wanted ? (T) value : null;
  }

  /** Of whatever type; for who has asked for it. */
  public Object value() {
    return value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Attribute that && type == that.type && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, value);
  }

  /** As the SDK writes its own, which is DynamoDB's name for it. */
  @Override
  public String toString() {
    return type == Type.UNKNOWN_TO_SDK_VERSION
        ? (String) value
        : "AttributeValue(" + type + "=" + value + ")";
  }
}
