package updategateway.store.dynamodb;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Keeps the SDK from waiting for as long as an answer tells it to: it would sleep until all its
 * time is over, and say that there was no answer in time, though there was one and it said why.
 */
public final class IgnoreRetryAfterInterceptor implements ExecutionInterceptor {
  @Override
  public SdkHttpResponse modifyHttpResponse(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    return context.httpResponse().toBuilder()
        .removeHeader("Retry-After")
        .removeHeader("x-amz-retry-after")
        .build();
  }
}
