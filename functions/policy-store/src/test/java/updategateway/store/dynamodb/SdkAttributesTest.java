package updategateway.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** This module's attributes beside the SDK's: the same values, the same words in messages. */
final class SdkAttributesTest {
  private static final SdkBytes BYTES = SdkBytes.fromUtf8String("bytes");

  static Stream<AttributeValue> oneOfEachType() {
    return Stream.of(
        AttributeValue.fromS("text"),
        AttributeValue.fromS(""),
        AttributeValue.fromN("-1.50"),
        AttributeValue.fromB(BYTES),
        AttributeValue.fromSs(List.of("b", "a")),
        AttributeValue.fromNs(List.of("2", "1.0")),
        AttributeValue.fromBs(List.of(BYTES, BYTES)),
        AttributeValue.fromBool(false),
        AttributeValue.fromBool(true),
        AttributeValue.fromNul(true),
        AttributeValue.fromL(List.of()),
        AttributeValue.fromM(Map.of()),
        AttributeValue.fromL(
            List.of(
                AttributeValue.fromS("1"),
                AttributeValue.fromM(
                    Map.of("a", AttributeValue.fromL(List.of(AttributeValue.fromN("1"))))))),
        AttributeValue.fromM(Map.of("b", AttributeValue.fromSs(List.of("c")))));
  }

  @ParameterizedTest
  @MethodSource("oneOfEachType")
  void thereAndBackIsTheSame(AttributeValue value) {
    assertThat(SdkAttributes.of(SdkAttributes.from(value))).isEqualTo(value);
  }

  @ParameterizedTest
  @MethodSource("oneOfEachType")
  void messagesSayItInTheSameWords(AttributeValue value) {
    Attribute own = SdkAttributes.from(value);
    assertThat(own).hasToString(value.toString());
    assertThat(own.type().name()).isEqualTo(value.type().name());
  }

  @ParameterizedTest
  @MethodSource("oneOfEachType")
  void twoAreTheSameWhenTheSdkSaysSo(AttributeValue value) {
    oneOfEachType()
        .forEach(other -> {
          Attribute own = SdkAttributes.from(value);
          Attribute ownOther = SdkAttributes.from(other);
          assertThat(own.equals(ownOther)).isEqualTo(value.equals(other));
          if (value.equals(other)) {
            assertThat(own).hasSameHashCodeAs(ownOther);
          }
        });
  }

  /** What the SDK takes for a value, and DynamoDB has none of. */
  @Test
  void noTypeOrTwoAtOnceIsNone() {
    for (AttributeValue value :
        List.of(AttributeValue.builder().build(), AttributeValue.builder().s("1").n("1").build())) {
      Attribute own = SdkAttributes.from(value);
      assertThat(own.type()).isEqualTo(Attribute.Type.UNKNOWN_TO_SDK_VERSION);
      assertThat(own).hasToString(value.toString());
      assertThat(own.s()).isNull();
      assertThat(own.n()).isNull();
      assertThatIllegalArgumentException().isThrownBy(() -> SdkAttributes.of(own));
    }
  }

  /** The SDK's client makes it of what DynamoDB never writes. */
  @Test
  void nullIsOfNoType() {
    Map<String, AttributeValue> nulls = new HashMap<>();
    nulls.put("a", null);
    Attribute own = Objects.requireNonNull(SdkAttributes.from(nulls).get("a"));
    assertThat(own.type()).isEqualTo(Attribute.Type.UNKNOWN_TO_SDK_VERSION);
    assertThat(own.s()).isNull();
    assertThat(SdkAttributes.from((Map<String, AttributeValue>) null)).isEmpty();
  }
}
