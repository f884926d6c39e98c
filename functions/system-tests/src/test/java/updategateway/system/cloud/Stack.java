package updategateway.system.cloud;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.cloudformation.waiters.CloudFormationWaiter;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A stack with the tables of the template, created by the cloud's CloudFormation. */
final class Stack implements AutoCloseable {
  static final Region REGION = Region.US_EAST_1;
  static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

  private final CloudFormationClient cloudFormation;
  private final CloudFormationWaiter waiter;
  private final DynamoDbClient dynamodb;
  private final String name = "update-gateway-" + UUID.randomUUID();
  private final Map<String, String> resources;

  /** Creates it, and waits until it is complete. */
  Stack(URI endpoint, Path template) throws Exception {
    cloudFormation =
        CloudFormationClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .region(REGION)
            .credentialsProvider(CREDENTIALS)
            .endpointOverride(endpoint)
            .build();
    dynamodb =
        DynamoDbClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .region(REGION)
            .credentialsProvider(CREDENTIALS)
            .endpointOverride(endpoint)
            .build();
    String tables = TemplateStack.tablesOf(template);
    cloudFormation.createStack(create -> create.stackName(name).templateBody(tables));
    // Its own pause of half a minute is meant for stacks in AWS.
    waiter =
        CloudFormationWaiter.builder()
            .client(cloudFormation)
            .overrideConfiguration(override ->
                override
                    .maxAttempts(240)
                    .backoffStrategyV2(BackoffStrategy.fixedDelay(Duration.ofMillis(250))))
            .build();
    waiter.waitUntilStackCreateComplete(describe -> describe.stackName(name));
    resources =
        cloudFormation
            .describeStackResources(describe -> describe.stackName(name))
            .stackResources()
            .stream()
            .collect(
                Collectors.toMap(
                    StackResource::logicalResourceId, StackResource::physicalResourceId));
  }

  /** How CloudFormation named what the template calls so. */
  String physicalId(String logicalId) {
    String id = resources.get(logicalId);
    if (id == null) {
      throw new IllegalStateException("the stack has no " + logicalId + " but " + resources);
    }
    return id;
  }

  DynamoDbClient dynamodb() {
    return dynamodb;
  }

  /** The template keeps its tables when the stack is deleted; a test's are of no use to anybody. */
  @Override
  public void close() {
    cloudFormation.deleteStack(delete -> delete.stackName(name));
    waiter.waitUntilStackDeleteComplete(describe -> describe.stackName(name));
    for (String table : dynamodb.listTablesPaginator().tableNames()) {
      if (resources.containsValue(table)) {
        dynamodb.updateTable(update -> update.tableName(table).deletionProtectionEnabled(false));
        dynamodb.deleteTable(delete -> delete.tableName(table));
      }
    }
    dynamodb.close();
    waiter.close();
    cloudFormation.close();
  }
}
