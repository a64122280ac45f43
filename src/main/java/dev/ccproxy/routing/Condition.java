package dev.ccproxy.routing;

import dev.ccproxy.config.RouteSettings.Conditions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
                wanted.tools()
                        .map(tools -> tools == request.content().tools().getAsBoolean())
                        .orElse(true);
            case THINKING ->
                wanted.thinking()
                        .map(thinking ->
                                thinking == request.content().thinking().getAsBoolean())
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

    /** What the rule asks for, any of which will do; empty where it does not make the condition. */
    List<String> wanted(Conditions by) {
        return switch (this) {
            case PATH -> by.paths();
            case SESSION -> by.sessions();
            case AGENT_TYPE -> by.agentTypes();
            case MODEL -> by.models();
            case TOKENS_OVER -> words(by.tokensOver());
            case TOKENS_UNDER -> words(by.tokensUnder());
            case TOOLS -> words(by.tools());
            case THINKING -> words(by.thinking());
            case AGENT -> by.agents();
            case KIND -> by.kinds();
        };
    }

    /** What a request is in this respect; empty where it says nothing. */
    public String found(RequestView request) {
        return switch (this) {
            case PATH -> request.head().path();
            case SESSION -> request.head().session().orElse("");
            case AGENT_TYPE -> request.head().agentType().orElse("");
            case MODEL -> request.content().model();
            case TOKENS_OVER, TOKENS_UNDER -> Long.toString(request.tokens());
            case TOOLS -> Boolean.toString(request.content().tools().getAsBoolean());
            case THINKING -> Boolean.toString(request.content().thinking().getAsBoolean());
            case AGENT -> request.agent().orElse("");
            case KIND -> request.kind().word();
        };
    }

    private static List<String> words(Optional<?> value) {
        return value.stream().map(Object::toString).toList();
    }

    private static boolean any(List<String> patterns, String text) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> Glob.matches(pattern, text));
    }
}
