package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.session.Anomaly;
import org.jspecify.annotations.Nullable;

/** Something in the course of a session that is worth a look. */
public record AnomalyForm(
        @JsonPropertyDescription("repeated_call, context_jump, error_burst or double_send.")
        Anomaly.Kind kind,

        @JsonPropertyDescription("Id of the exchange at which it showed.")
        String exchange,

        long at,
        @Nullable String agentId,

        @JsonPropertyDescription("How many exchanges it took.")
        int count,

        String detail) {

    static AnomalyForm of(Anomaly anomaly) {
        return new AnomalyForm(
                anomaly.kind(),
                anomaly.exchange().toString(),
                anomaly.at().toEpochMilli(),
                anomaly.agentId(),
                anomaly.count(),
                anomaly.detail());
    }
}
