package dev.ccproxy.session;

import dev.ccproxy.anthropic.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange adds to what is known of its session.
 *
 * @param turn that it begins; null for none
 * @param names of agents that are known now, or better
 * @param calls that start subagents and are new, or whose subagent is known now
 * @param title of the session; null for no news
 * @param titled whether the client gave that title
 * @param project working directory of the session; null for no news
 * @param prompts null for no news
 * @param tools that the answer calls, in its order
 * @param history a number for the messages of the main agent's latest request; null for no news
 * @param origin session that this one was forked from; null for no news
 */
public record SessionNews(
        @Nullable Turn turn,
        List<AgentName> names,
        List<AgentCall> calls,
        @Nullable String title,
        boolean titled,
        @Nullable String project,
        @Nullable PromptPrints prompts,
        List<ToolCall> tools,
        @Nullable Long history,
        Histories.@Nullable Origin origin) {

    public static final SessionNews NONE =
            new SessionNews(null, List.of(), List.of(), null, false, null, null, List.of());

    public SessionNews {
        names = List.copyOf(names);
        calls = List.copyOf(calls);
        tools = List.copyOf(tools);
    }

    /**
     * Which system prompt and tools a request has.
     *
     * @param agent whose they are: a kind, or the name of a subagent
     * @param system fingerprint; 0 for none
     * @param tools fingerprint; 0 for none
     */
    public record PromptPrints(String agent, long system, long tools) {}

    /** Of the course of the session alone. */
    public SessionNews(
            @Nullable Turn turn,
            List<AgentName> names,
            List<AgentCall> calls,
            @Nullable String title,
            boolean titled,
            @Nullable String project,
            @Nullable PromptPrints prompts,
            List<ToolCall> tools) {
        this(turn, names, calls, title, titled, project, prompts, tools, null, null);
    }

    /** The same with how it goes on with other requests. */
    public SessionNews with(@Nullable Long newHistory, Histories.@Nullable Origin newOrigin) {
        return new SessionNews(turn, names, calls, title, titled, project, prompts, tools, newHistory, newOrigin);
    }

    /** One number for all calls of the answer; 0 where there are none. */
    public long callsPrint() {
        long print = 0;
        for (ToolCall tool : tools) {
            print = print * 31 + tool.input() + tool.name().hashCode();
        }
        return print;
    }
}
