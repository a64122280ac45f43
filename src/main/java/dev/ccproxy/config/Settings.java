package dev.ccproxy.config;

/** Every effective setting of the program, checked. */
public record Settings(
        ServerSettings server,
        DashboardSettings dashboard,
        ProviderSettings anthropic,
        StorageSettings storage,
        LogSettings log,
        OutboundProxySettings outboundProxy) {}
