package dev.ccproxy.config;

/** Every effective setting of the program, checked. */
public record Settings(
        ServerSettings server,
        DashboardSettings dashboard,
        AuthSettings auth,
        CorsSettings cors,
        ProviderSettings anthropic,
        RoutingSettings routing,
        StorageSettings storage,
        RetentionSettings retention,
        SearchIndex searchIndex,
        LogSettings log,
        OutboundProxySettings outboundProxy) {}
