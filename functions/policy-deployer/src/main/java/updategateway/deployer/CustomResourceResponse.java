package updategateway.deployer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import updategateway.store.history.ActiveSet;

/**
 * Response to CloudFormation as JSON ("Custom resource response objects", AWS CloudFormation User
 * Guide).
 */
final class CustomResourceResponse {
  /**
   * Constant, since CloudFormation replaces a resource whose id changes and deletes the old one.
   */
  static final String PHYSICAL_ID = "policy-in-force";

  /** CloudFormation's limit. */
  static final int MAX_BYTES = 4_096;

  /** Writes each character in UTF-8; an escape for each half of a pair takes three times that. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();

  private CustomResourceResponse() {}

  /** Returns the response in UTF-8, with as many whole lines of a failure's reason as fit. */
  static byte[] json(ResourceResult result, ResponseTarget target) {
    ObjectNode response = JSON.createObjectNode();
    response.put("Status", result instanceof ResourceResult.Success ? "SUCCESS" : "FAILED");
    // The id of a resource that was never created is CloudFormation's own; it is repeated.
    String physicalId = target.physicalResourceId();
    put(response, "PhysicalResourceId", physicalId == null ? PHYSICAL_ID : physicalId);
    put(response, "StackId", target.stackId());
    put(response, "RequestId", target.requestId());
    put(response, "LogicalResourceId", target.logicalResourceId());
    switch (result) {
      case ResourceResult.Success(ActiveSet active, boolean changed) -> {
        ObjectNode data = response.putObject("Data");
        if (active != null) {
          data.put("Digest", active.digest().hex());
          data.put("Sequence", Long.toString(active.sequence()));
          put(data, "Entry", active.entry() == null ? null : active.entry().hex());
        }
        data.put("Changed", Boolean.toString(changed));
      }
      case ResourceResult.Failure(String reason) -> {
        int frame = bytes(response.put("Reason", "")).length;
        response.put("Reason", ReasonText.fitting(wellFormed(reason), MAX_BYTES - frame));
      }
    }
    return bytes(response);
  }

  private static byte[] bytes(ObjectNode response) {
    try {
      return JSON.writeValueAsBytes(response);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write a response", e);
    }
  }

  private static void put(ObjectNode object, String name, @Nullable String value) {
    if (value != null) {
      object.put(name, wellFormed(value));
    }
  }

  /** Replaces unpaired surrogates, which UTF-8 cannot encode, with question marks. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
