package dev.ccproxy.config;

import java.util.List;

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
        TranscriptSettings transcripts,
        List<PriceSettings> pricing,
        LogSettings log,
        OutboundProxySettings outboundProxy) {

    public Settings {
        pricing = List.copyOf(pricing);
    }
}
