package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a rule sent an exchange, and what went there and came back. */
public record ReroutingForm(
        @JsonPropertyDescription("Who was asked.") String provider,
        @JsonPropertyDescription("What was asked of it.") String model,

        @JsonPropertyDescription("The rule that decided.") String rule,

        @JsonPropertyDescription("Name of the agent that asked; absent where nobody needed to know.") @Nullable
        String agent,

        @JsonPropertyDescription("Who was asked before and did not answer, in their order.")
        List<FailedForm> failed,

        @JsonPropertyDescription("What the translation could not carry over.")
        List<LossForm> losses,

        List<HeaderForm> requestHeaders,
        BodyForm requestBody,

        @JsonPropertyDescription("Status of the provider's answer; absent where there was none.") @Nullable
        Integer status,

        @Nullable List<HeaderForm> responseHeaders,

        @JsonPropertyDescription("Absent where the answer passed as it was.") @Nullable
        BodyForm responseBody) {

    /** One that did not answer. */
    public record FailedForm(
            String provider,

            @JsonPropertyDescription("What was asked of it.")
            String model,

            @JsonPropertyDescription("Status of its refusal; absent where it gave none.") @Nullable
            Integer status,

            @JsonPropertyDescription("In one sentence.") String why) {}

    /** Something that was lost on the way. */
    public record LossForm(
            @JsonPropertyDescription("Such as cache_control.")
            String name,

            @JsonPropertyDescription("What it means.") String meaning) {}
}
