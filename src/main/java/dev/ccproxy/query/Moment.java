package dev.ccproxy.query;

import java.time.Instant;
import java.time.ZoneId;

/** When and where a query is read: what {@code 2h} and {@code yesterday} are meant from. */
public record Moment(Instant now, ZoneId zone) {}
