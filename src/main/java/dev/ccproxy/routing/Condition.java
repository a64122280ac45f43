package dev.ccproxy.routing;

import dev.ccproxy.config.RouteSettings.Conditions;
import java.util.List;
import java.util.Locale;

/** The conditions that a rule may make, the cheapest first. */
public enum Condition {
    PATH,
    SESSION,
    AGENT_TYPE,
    MODEL,
    TOKENS_OVER,
    TOKENS_UNDER,
    TOOLS,
    THINKING,
    AGENT,
    KIND;

    /** As it is written in {@code routes}, such as {@code tokens_over}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isMet(Conditions wanted, RequestView request) {
        return switch (this) {
            case PATH -> any(wanted.paths(), request.head().path());
            case SESSION -> any(wanted.sessions(), request.head().session().orElse(""));
            case AGENT_TYPE ->
                any(wanted.agentTypes(), request.head().agentType().orElse(""));
            case MODEL -> any(wanted.models(), request.content().model());
            case TOKENS_OVER ->
                wanted.tokensOver().map(limit -> request.tokens() > limit).orElse(true);
            case TOKENS_UNDER ->
                wanted.tokensUnder().map(limit -> request.tokens() < limit).orElse(true);
            case TOOLS ->
                wanted.tools().map(tools -> tools == request.content().tools()).orElse(true);
            case THINKING ->
                wanted.thinking()
                        .map(thinking -> thinking == request.content().thinking())
                        .orElse(true);
            case AGENT ->
                wanted.agents().isEmpty()
                        || request.agent()
                                .map(name -> any(wanted.agents(), name))
                                .orElse(false);
            case KIND ->
                wanted.kinds().isEmpty()
                        || wanted.kinds().contains(request.kind().word());
        };
    }

    /** Whether the rule makes this condition at all. */
    boolean isMadeBy(Conditions wanted) {
        return switch (this) {
            case PATH -> !wanted.paths().isEmpty();
            case SESSION -> !wanted.sessions().isEmpty();
            case AGENT_TYPE -> !wanted.agentTypes().isEmpty();
            case MODEL -> !wanted.models().isEmpty();
            case TOKENS_OVER -> wanted.tokensOver().isPresent();
            case TOKENS_UNDER -> wanted.tokensUnder().isPresent();
            case TOOLS -> wanted.tools().isPresent();
            case THINKING -> wanted.thinking().isPresent();
            case AGENT -> !wanted.agents().isEmpty();
            case KIND -> !wanted.kinds().isEmpty();
        };
    }

    /** What the request has where the condition looks. */
    String found(RequestView request) {
        return switch (this) {
            case PATH -> request.head().path();
            case SESSION -> request.head().session().orElse("none");
            case AGENT_TYPE -> request.head().agentType().orElse("none");
            case MODEL -> request.content().model();
            case TOKENS_OVER, TOKENS_UNDER -> Long.toString(request.tokens());
            case TOOLS -> Boolean.toString(request.content().tools());
            case THINKING -> Boolean.toString(request.content().thinking());
            case AGENT -> request.agent().orElse("none");
            case KIND -> request.kind().word();
        };
    }

    private static boolean any(List<String> patterns, String text) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> Glob.matches(pattern, text));
    }
}
