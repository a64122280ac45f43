package dev.ccproxy.config;

/**
 * The dashboard.
 *
 * @param port the dashboard's own port; bound as the proxy port is; 0 takes any free port (tests)
 */
public record DashboardSettings(int port) {}
