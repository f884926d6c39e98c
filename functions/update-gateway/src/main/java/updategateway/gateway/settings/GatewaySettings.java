package updategateway.gateway.settings;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.registration.AgentIdExtractor;
import updategateway.region.GeoIpDatabase;
import updategateway.region.LocationSource;
import updategateway.store.agents.AgentCacheSettings;
import updategateway.store.dynamodb.StoreSettings;

/**
 * All that an operator sets.
 *
 * @param origin where artifacts are
 * @param operatorName who refuses, in words
 * @param operatorUrl who refuses, as the address that {@code rel="blocked-by"} names (RFC 7725,
 *     section 4)
 * @param contact whom the refused write to when their place is wrong
 * @param trust who is trusted to say where a client is
 * @param apiMapping what API Gateway puts before every path; empty for nothing
 * @param geoDatabase places of addresses; null for none
 * @param geoMaxAge how old that may be before it is an alarm
 * @param agentId where an agent names itself
 * @param agentsCache how long answers about accounts are kept
 * @param cacheMaxAge how long an agent may reuse a redirect, at most
 * @param edgeCaching whether the edge may keep a redirect that is the same for everybody at a place
 * @param maxClockSkew how far the event's time may be from the clock before the clock counts; zero
 *     for however far
 * @param policyRefresh at most so often the pointer to the set in force is read
 * @param policyMaxAge how long the last good set is used when the table cannot be read
 * @param store where the tables are
 * @param recordedPerMillion how many of a million requests are recorded as sample events
 * @param functionName whose the metrics are
 */
public record GatewaySettings(
    Origin origin,
    String operatorName,
    URI operatorUrl,
    String contact,
    LocationSource trust,
    ApiMapping apiMapping,
    @Nullable GeoIpDatabase geoDatabase,
    Duration geoMaxAge,
    AgentIdExtractor agentId,
    AgentCacheSettings agentsCache,
    Duration cacheMaxAge,
    boolean edgeCaching,
    Duration maxClockSkew,
    Duration policyRefresh,
    Duration policyMaxAge,
    StoreSettings store,
    int recordedPerMillion,
    String functionName) {}
