package dev.ccproxy.config;

import java.time.Duration;

/**
 * How the program stops.
 *
 * @param grace how long new requests are still served after SIGTERM
 * @param ceiling longest time that running exchanges may go on after SIGTERM
 */
public record DrainSettings(Duration grace, Duration ceiling) {}
