package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules by which requests are routed, and how that goes. */
public record RoutesForm(
        @JsonPropertyDescription("In the order in which they are asked: mappings of subagents, then routes.")
        List<RuleForm> rules,

        @JsonPropertyDescription("The agents that rules name.")
        List<AgentForm> agents,

        @JsonPropertyDescription("Who can be asked.") List<ProviderForm> providers) {

    /** One rule. */
    public record RuleForm(
            String name,

            @JsonPropertyDescription(
                    "What a request must be, such as model: claude-haiku-*; any one of several will do.")
            Map<String, List<String>> conditions,

            @JsonPropertyDescription("Who is asked, as provider/model, and who is asked next where one cannot answer.")
            List<String> targets,

            @JsonPropertyDescription("What requests are refused with; absent for a rule that sends them on.") @Nullable
            String refusal,

            @JsonPropertyDescription("How many requests it decided about since the start.")
            long matched,

            @JsonPropertyDescription("How many were looked at since the last of these, or since the start.")
            long passedOver,

            @JsonPropertyDescription("Whether many were looked at and it decided about none: something may be wrong.")
            boolean suspicious) {}

    /** An agent that a rule names. */
    public record AgentForm(
            String name,

            @JsonPropertyDescription("The file that defines it; absent where there is none: then only the call that"
                    + " starts it tells who it is.")
            @Nullable
            String file,

            @JsonPropertyDescription("Where a definition was looked for; any other name of the file will do, too.")
            List<String> tried) {}

    /** A provider. */
    public record ProviderForm(
            String name,
            String address,

            @JsonPropertyDescription("Such as openai-chat.") String format,

            @JsonPropertyDescription("closed while it works as far as is known, open for half a minute after a few"
                    + " failures in a row, half_open while one request tries again.")
            String circuit) {}
}
