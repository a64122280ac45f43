package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.simulation.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What rules make of recorded exchanges; nothing is sent anywhere. */
public record SimulationForm(
        @JsonPropertyDescription("The rules that were tried, in the order in which they are asked.")
        List<RuleForm> rules,

        @JsonPropertyDescription("Of the exchange that was to be explained.") @Nullable
        ExplanationForm exchange,

        @JsonPropertyDescription("Of the latest exchanges; absent where none were asked for.") @Nullable
        TrialForm trial) {

    /** A rule. */
    public record RuleForm(
            String name,

            @JsonPropertyDescription(
                    "What a request must be, such as model: claude-haiku-*; any one of several will do.")
            Map<String, List<String>> conditions,

            @JsonPropertyDescription("Who is asked, as provider/model, and who is asked next where one cannot answer.")
            List<String> targets,

            @JsonPropertyDescription("What requests are refused with; absent for a rule that sends them on.") @Nullable
            String refusal,

            @JsonPropertyDescription("About how many of the latest exchanges it would decide.")
            int taken) {}

    /** An exchange, and why a rule decides about it, or none. */
    public record ExplanationForm(
            String id,

            @JsonPropertyDescription("When the request began, in milliseconds since 1970.")
            long at,

            @JsonPropertyDescription("The rule that decides; absent where the request goes where it was sent.")
            @Nullable
            String rule,

            @JsonPropertyDescription("Whether it cannot be told which rule decides, because the body was not kept.")
            boolean unknown,

            @JsonPropertyDescription("Why no rule is asked about such a request; absent where they are.") @Nullable
            String notAsked,

            @JsonPropertyDescription("Name of the agent that asked; absent where nothing tells.") @Nullable
            String agent,

            @JsonPropertyDescription(
                    "The file that defines the agent as it is now; absent where the call that started it"
                            + " told its name.")
            @Nullable
            String agentFile,

            @JsonPropertyDescription("Every rule in its order; the first that matches decides.")
            List<RuleTriedForm> rules,

            @JsonPropertyDescription("Where it went when it was recorded; absent where it went where it was sent.")
            @Nullable
            RecordedForm recorded) {}

    /** A rule, and what its conditions make of the exchange. */
    public record RuleTriedForm(
            String name,

            @JsonPropertyDescription("Whether all conditions hold.")
            Verdict matches,

            List<CheckForm> conditions) {}

    /** A condition. */
    public record CheckForm(
            @JsonPropertyDescription("Such as agent.") String condition,

            @JsonPropertyDescription("Any of these will do.")
            List<String> wanted,

            @JsonPropertyDescription("What the request is; empty where it says nothing.")
            String found,

            @JsonPropertyDescription("Whether it holds.") Verdict holds) {}

    /** Where an exchange went. */
    public record RecordedForm(String rule, String provider, String model) {}

    /** What became of the latest exchanges. */
    public record TrialForm(
            @JsonPropertyDescription("How many exchanges were looked at.")
            int looked,

            @JsonPropertyDescription("Of how many it cannot be told which rule decides.")
            int unknown,

            @JsonPropertyDescription(
                    "When the oldest of them began, in milliseconds since 1970; absent where there is" + " none.")
            @Nullable
            Long since,

            @JsonPropertyDescription("Those about which a rule decides, newest first.")
            List<TakenForm> taken) {}

    /** An exchange about which a rule decides. */
    public record TakenForm(
            String id,

            @JsonPropertyDescription("When the request began, in milliseconds since 1970.")
            long at,

            @JsonPropertyDescription("The rule that decides.")
            String rule,

            @JsonPropertyDescription("What it was for.") Kind kind,

            @JsonPropertyDescription("Path without query.") String path,

            @JsonPropertyDescription("Model that the client asked for.") @Nullable
            String requestedModel,

            @Nullable String sessionId,

            @JsonPropertyDescription("Id of the subagent; absent for the main agent.") @Nullable
            String agentId,

            @JsonPropertyDescription("What the subagent is, such as code-reviewer; absent while that is not known.")
            @Nullable
            String agentName) {}
}
