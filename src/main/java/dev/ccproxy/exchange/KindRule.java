package dev.ccproxy.exchange;

import dev.ccproxy.anthropic.Attribution;
import dev.ccproxy.anthropic.RequestFacts;
import dev.ccproxy.http.Headers;
import java.util.Optional;

/**
 * What a request is for, by what Claude Code is known to send. A client that gives hint headers
 * ({@code CLAUDE_CODE_GATEWAY_HINT_HEADERS=1}) says so itself; else the body tells. Every other client's message is
 * {@code main}.
 */
public final class KindRule {

    private static final String MESSAGES = "/v1/messages";
    private static final String COMPACTION_PROMPT = "CRITICAL: Respond with TEXT ONLY";
    private static final String CLASSIFIER_STOP = "</severity>";
    private static final long CLASSIFIER_MAX_TOKENS = 8192;

    private KindRule() {}

    /**
     * The kind of a request.
     *
     * @param path without query
     * @param facts empty while the body has not come, and where it is no JSON
     */
    public static Kind of(String method, String path, Headers headers, Optional<RequestFacts> facts) {
        if (!method.equals("POST")) {
            return Kind.OTHER;
        }
        return switch (path) {
            case MESSAGES -> ofMessage(headers, facts);
            case MESSAGES + "/count_tokens" -> Kind.COUNT_TOKENS;
            default -> Kind.OTHER;
        };
    }

    private static Kind ofMessage(Headers headers, Optional<RequestFacts> facts) {
        String hint = headers.first("x-claude-code-request-class").orElse("");
        boolean claudeCode = isClaudeCode(headers, facts);
        if (hint.equals("compaction")
                || headers.contains("x-claude-code-compaction")
                || (claudeCode && facts.filter(KindRule::isCompaction).isPresent())) {
            return Kind.COMPACTION;
        }
        if (hint.equals("subagent") || headers.contains("x-claude-code-agent-id") || saysSubagent(facts)) {
            return Kind.SUBAGENT;
        }
        if (hint.equals("main") || !claudeCode) {
            return Kind.MAIN;
        }
        if (facts.filter(KindRule::isTitle).isPresent()) {
            return Kind.TITLE;
        }
        if (facts.filter(KindRule::isClassifier).isPresent()) {
            return Kind.CLASSIFIER;
        }
        return hint.equals("auxiliary") ? Kind.OTHER : Kind.MAIN;
    }

    private static boolean isClaudeCode(Headers headers, Optional<RequestFacts> facts) {
        return headers.contains("x-claude-code-session-id")
                || headers.first("user-agent")
                        .filter(agent -> agent.startsWith("claude-cli/"))
                        .isPresent()
                || facts.flatMap(RequestFacts::attribution).isPresent();
    }

    private static boolean saysSubagent(Optional<RequestFacts> facts) {
        return facts.flatMap(RequestFacts::attribution)
                .filter(Attribution::subagent)
                .isPresent();
    }

    private static boolean isCompaction(RequestFacts facts) {
        return facts.lastUserText() != null && facts.lastUserText().startsWith(COMPACTION_PROMPT);
    }

    private static boolean isTitle(RequestFacts facts) {
        return facts.tools() == 0 && facts.hasOutputFormat() && !facts.hasThinking();
    }

    private static boolean isClassifier(RequestFacts facts) {
        return facts.tools() == 0
                && facts.stream() == null
                && (facts.stopSequences().contains(CLASSIFIER_STOP) || facts.maxTokens() == CLASSIFIER_MAX_TOKENS);
    }
}
