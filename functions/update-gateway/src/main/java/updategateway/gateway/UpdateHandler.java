package updategateway.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.decisionlog.DatabaseLogEntry;
import updategateway.gateway.decisionlog.DecisionLogEntry;
import updategateway.gateway.decisionlog.DecisionLogWriter;
import updategateway.gateway.decisionlog.EventSamples;
import updategateway.gateway.decisionlog.RefreshLogEntry;
import updategateway.gateway.event.AskedPath;
import updategateway.gateway.event.Event;
import updategateway.gateway.event.EventReader;
import updategateway.gateway.event.RequestId;
import updategateway.gateway.registration.AgentId;
import updategateway.gateway.settings.GatewaySettings;
import updategateway.gateway.settings.SettingsReader;
import updategateway.region.AgentRegistry;
import updategateway.region.GeoIpDatabase;
import updategateway.store.refresh.ActivePolicySource;
import updategateway.store.refresh.RefreshListener;

/**
 * The Lambda function: an event of an HTTP API, a function URL or a load balancer in, a response
 * out, one line of JSON in the log. No exception leaves it; what goes wrong inside is a 503. Safe
 * for many threads.
 */
public final class UpdateHandler implements RequestStreamHandler {
  private final GatewaySettings settings;
  private final RequestProcessor processor;
  private final InstantSource clock;
  private final PrintStream log;
  private final EventSamples samples;
  private final AtomicBoolean first = new AtomicBoolean(true);

  /** Lambda's registry of hooks does not hold on to them. */
  private @Nullable SnapStartHook snapshot;

  /** As Lambda starts it: settings from the environment, policies and agents from their tables. */
  public UpdateHandler() {
    this(SelfContainedMain.provisions());
  }

  private UpdateHandler(GatewayDependencies provisions) {
    this(
        provisions.settings(),
        provisions.policy(),
        provisions.agents(),
        InstantSource.system(),
        System.out);
    if (SettingsReader.isForSnapshot(System.getenv())) {
      snapshot = new SnapStartHook(this, provisions.policy(), provisions.agents());
      snapshot.register();
    }
  }

  /**
   * With all that it depends on.
   *
   * @param clock the time, where an event does not carry it or is far off
   * @param log takes one line a request
   */
  public UpdateHandler(
      GatewaySettings settings,
      ActivePolicySource policy,
      AgentRegistry agents,
      InstantSource clock,
      PrintStream log) {
    this(
        settings,
        policy,
        agents,
        clock,
        log,
        EventSamples.logged(settings.recordedPerMillion(), requestReader(settings)));
  }

  /**
   * With all that it depends on, and where it records requests.
   *
   * @param samples takes each request with what became of it
   */
  public UpdateHandler(
      GatewaySettings settings,
      ActivePolicySource policy,
      AgentRegistry agents,
      InstantSource clock,
      PrintStream log,
      EventSamples samples) {
    this.samples = samples;
    this.settings = settings;
    this.processor = new RequestProcessor(settings, policy, agents, clock);
    this.clock = clock;
    this.log = log;
    GeoIpDatabase database = settings.geoDatabase();
    if (database != null) {
      write(
          DatabaseLogEntry.json(
              database, settings.geoMaxAge(), clock.instant(), settings.functionName()),
          log);
    }
  }

  /** Returns what reads requests that are recorded. */
  public static EventSamples.RequestReader requestReader(GatewaySettings settings) {
    return new EventSamples.RequestReader() {
      @Override
      public @Nullable String agentId(Event.HttpRequest request) {
        return settings.agentId().read(request) instanceof AgentId.Named named ? named.id() : null;
      }

      @Override
      public String path(Event.HttpRequest request) {
        return AskedPath.of(request, settings.apiMapping().key()).path();
      }
    };
  }

  /**
   * Writes what becomes of each refresh as a line of its own.
   *
   * @param log asked for each line: Lambda's client puts another {@link System#out} in its place,
   *     perhaps later than this
   * @param function the function's name, as its metrics have it
   */
  public static RefreshListener refreshLog(
      Supplier<PrintStream> log, InstantSource clock, String function) {
    return event -> write(RefreshLogEntry.json(event, clock.instant(), function), log.get());
  }

  /** Writes a line in one piece, so that lines of other threads are before or after it. */
  private static void write(byte[] line, PrintStream log) {
    log.write(line, 0, line.length);
    log.flush();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    boolean coldStart = first.get() && first.compareAndSet(true, false);
    handle(input, output, String.valueOf(context.getAwsRequestId()), coldStart, log);
  }

  /**
   * Answers one request.
   *
   * @param invocationId Lambda's own id of it
   * @param coldStart whether it is the first of the process
   * @param to takes its line
   */
  void handle(
      InputStream input,
      OutputStream output,
      String invocationId,
      boolean coldStart,
      PrintStream to)
      throws IOException {
    long begun = System.nanoTime();
    Event event = EventReader.read(input);
    RequestProcessor.Processed processed =
        processor.process(event, RequestId.of(event, invocationId));
    processed.response().writeTo(output, event.front());
    Duration duration = Duration.ofNanos(System.nanoTime() - begun);
    write(
        DecisionLogWriter.json(processed.entry(), process(coldStart), duration, clock.instant()),
        to);
    samples.write(event, processed.entry(), to);
  }

  private DecisionLogEntry.ProcessInfo process(boolean coldStart) {
    GeoIpDatabase database = settings.geoDatabase();
    if (database == null) {
      return new DecisionLogEntry.ProcessInfo(settings.functionName(), coldStart, null);
    }
    Instant now = clock.instant();
    return new DecisionLogEntry.ProcessInfo(
        settings.functionName(),
        coldStart,
        new DecisionLogEntry.GeoDatabaseAge(
            database.builtAt(),
            Duration.between(database.builtAt(), now),
            database.isStale(settings.geoMaxAge(), now)));
  }
}
