package updategateway.deployer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import updategateway.store.history.ActiveSet;

/**
 * The answer to CloudFormation as JSON ("Custom resource response objects", AWS CloudFormation User
 * Guide).
 */
final class CustomResourceResponse {
  /** Constant, since another one would mean a replacement and then a Delete. */
  static final String PHYSICAL_ID = "policy-in-force";

  /** All that CloudFormation takes. */
  static final int MOST_BYTES = 4_096;

  /** Every character in its own UTF-8: an escape for each half of a pair takes three times that. */
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();

  private CustomResourceResponse() {}

  /** The answer in UTF-8, with as much of a failure's reason as fits, by whole lines. */
  static byte[] json(ResourceResult result, ResponseTarget envelope) {
    return switch (result) {
      case ResourceResult.Success _ -> write(result, "", envelope);
      case ResourceResult.Failure(String reason) -> {
        int frame = write(result, "", envelope).length;
        yield write(result, ReasonText.fitting(wellFormed(reason), MOST_BYTES - frame), envelope);
      }
    };
  }

  private static byte[] write(ResourceResult result, String reason, ResponseTarget envelope) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(MOST_BYTES);
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeStringField(
          "Status", result instanceof ResourceResult.Success ? "SUCCESS" : "FAILED");
      // What CloudFormation named is kept: a Delete of what was never created has a name of
      // CloudFormation's own.
      String physicalId = envelope.physicalResourceId();
      text(out, "PhysicalResourceId", physicalId == null ? PHYSICAL_ID : physicalId);
      text(out, "StackId", envelope.stackId());
      text(out, "RequestId", envelope.requestId());
      text(out, "LogicalResourceId", envelope.logicalResourceId());
      switch (result) {
        case ResourceResult.Success success -> data(out, success);
        case ResourceResult.Failure _ -> out.writeStringField("Reason", reason);
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array takes everything", e);
    }
    return bytes.toByteArray();
  }

  private static void data(JsonGenerator out, ResourceResult.Success success) throws IOException {
    out.writeObjectFieldStart("Data");
    ActiveSet inForce = success.inForce();
    if (inForce != null) {
      out.writeStringField("Digest", inForce.digest().hex());
      out.writeStringField("Sequence", Long.toString(inForce.sequence()));
      if (inForce.entry() != null) {
        out.writeStringField("Entry", inForce.entry().hex());
      }
    }
    out.writeStringField("Changed", Boolean.toString(success.changed()));
    out.writeEndObject();
  }

  private static void text(JsonGenerator out, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      out.writeStringField(name, wellFormed(value));
    }
  }

  /** Half a surrogate pair has no UTF-8; it becomes a question mark. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
