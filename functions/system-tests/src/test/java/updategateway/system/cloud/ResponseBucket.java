package updategateway.system.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Where the deployer's answers go: signed addresses of objects in S3, as CloudFormation's own
 * {@code ResponseURL} is one.
 */
final class ResponseBucket implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final S3Client s3;
  private final S3Presigner presigner;
  private final String bucket = "answers-" + UUID.randomUUID();

  ResponseBucket(URI endpoint) {
    s3 =
        S3Client.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .region(Stack.REGION)
            .credentialsProvider(Stack.CREDENTIALS)
            .endpointOverride(endpoint)
            .forcePathStyle(true)
            .build();
    presigner =
        S3Presigner.builder()
            .region(Stack.REGION)
            .credentialsProvider(Stack.CREDENTIALS)
            .endpointOverride(endpoint)
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .build();
    s3.createBucket(create -> create.bucket(bucket));
  }

  /** An address to PUT the answer of this name to, for an hour. */
  String address(String name) {
    return presigner
        .presignPutObject(presign ->
            presign
                .signatureDuration(Duration.ofHours(1))
                .putObjectRequest(put -> put.bucket(bucket).key(name)))
        .url()
        .toString();
  }

  /** What was put there. */
  JsonNode answer(String name) throws IOException {
    return JSON.readTree(
        s3.getObjectAsBytes(get -> get.bucket(bucket).key(name)).asByteArrayUnsafe());
  }

  @Override
  public void close() {
    s3.listObjectsV2Paginator(list -> list.bucket(bucket)).contents().stream()
        .forEach(object -> s3.deleteObject(delete -> delete.bucket(bucket).key(object.key())));
    s3.deleteBucket(delete -> delete.bucket(bucket));
    presigner.close();
    s3.close();
  }
}
