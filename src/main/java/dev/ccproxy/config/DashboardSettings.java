package dev.ccproxy.config;

import java.util.Optional;

/**
 * The dashboard.
 *
 * @param port the dashboard's own port; bound as the proxy port is; 0 takes any free port (tests)
 * @param password of the dashboard, the API and the metrics
 */
public record DashboardSettings(int port, Optional<SecretHash> password) {}
