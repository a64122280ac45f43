package dev.ccproxy.storage;

import dev.ccproxy.anthropic.RateLimit;
import java.time.Instant;

/**
 * What was said about one limit at one time.
 *
 * @param account id of the organization that the answer named; empty where it named none
 * @param model that was asked for, where the limit is one of that model; empty for limits of a plan
 */
public record LimitReading(String account, String model, Instant at, RateLimit limit) {}
