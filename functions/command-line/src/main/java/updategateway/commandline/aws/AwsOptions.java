package updategateway.commandline.aws;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import updategateway.commandline.UsageException;

/**
 * Whose AWS, and where, as the AWS command line has it: what is said counts before what the
 * environment says, and that before the profile's.
 */
public final class AwsOptions {
  /** Where a DynamoDB of one's own is, which does not care. */
  private static final String ANYWHERE = "us-east-1";

  /** The AWS command line's name for the SDK's AWS_REGION. */
  private static final String DEFAULT_REGION = "AWS_DEFAULT_REGION";

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "the AWS profile; its credentials count before those of the environment (default: the environment's)")
  private @Nullable String profile;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "the AWS region (default: AWS_REGION, AWS_DEFAULT_REGION, or the profile's)")
  private @Nullable String region;

  /** The first of these options that is given. */
  public Optional<String> named() {
    if (profile != null) {
      return Optional.of("--profile");
    }
    return region == null ? Optional.empty() : Optional.of("--region");
  }

  /**
   * The credentials of the profile that is named; null where none is, and the environment's count.
   *
   * @throws UsageException when there is no such profile, or it gives none now
   */
  public @Nullable AwsCredentialsProvider credentials() throws UsageException {
    if (profile == null) {
      return null;
    }
    try {
      if (profile(profile).isEmpty()) {
        throw new UsageException(
            "There is no AWS profile "
                + profile
                + ": name another with --profile; aws configure list-profiles lists them.");
      }
      // With the environment first, the account could be another than the one that was named.
      AwsCredentialsProvider credentials = ProfileCredentialsProvider.create(profile);
      credentials.resolveCredentials();
      return credentials;
    } catch (SdkException | IllegalArgumentException | IllegalStateException e) {
      throw new UsageException(
          "The AWS profile "
              + profile
              + " gives no credentials: "
              + StackInfo.firstLine(e)
              + " Log in again, or name another with --profile.");
    }
  }

  /**
   * The region.
   *
   * @throws UsageException when none is configured
   */
  public String region() throws UsageException {
    Optional<String> configured = configured();
    if (configured.isPresent()) {
      return configured.get();
    }
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
    } catch (SdkException e) {
      throw new UsageException(
          "No AWS region is configured: name one with --region or AWS_REGION, or another DynamoDB with"
              + " --dynamodb.");
    }
  }

  /** The region, where any will do: for another DynamoDB than AWS's. */
  public String anyRegion() throws UsageException {
    return configured().orElse(ANYWHERE);
  }

  private Optional<String> configured() throws UsageException {
    if (region != null) {
      if (region.isBlank()) {
        throw new UsageException("--region is empty: write one like us-east-1.");
      }
      return Optional.of(region);
    }
    try {
      return SdkSystemSetting.AWS_REGION
          .getStringValue()
          .filter(set -> !set.isBlank())
          .or(() ->
              Optional.ofNullable(System.getenv(DEFAULT_REGION)).filter(set -> !set.isBlank()))
          .or(() ->
              profile(
                      profile == null
                          ? ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow()
                          : profile)
                  .flatMap(named -> named.property("region")));
    } catch (SdkException | IllegalArgumentException e) {
      throw new UsageException("The AWS profiles cannot be read: " + StackInfo.firstLine(e));
    }
  }

  private static Optional<Profile> profile(String name) {
    return ProfileFile.defaultProfileFile().profile(name);
  }
}
