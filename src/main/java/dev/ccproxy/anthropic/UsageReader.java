package dev.ccproxy.anthropic;

import dev.ccproxy.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/** Merges the {@code usage} objects of one answer: each number is cumulative, so the last one given counts. For one thread. */
public final class UsageReader {

    private static final int MOST_WORD_CHARS = 64;

    private boolean any;
    private long input;
    private long output;
    private long cacheRead;
    private long cacheWritten;
    private long cacheWritten5m;
    private long cacheWritten1h;
    private long webSearches;
    private @Nullable String serviceTier;
    private @Nullable String inferenceGeo;
    private @Nullable String speed;

    /** Reads the value where the cursor stands. */
    public void read(JsonCursor json) {
        if (!json.enterObject()) {
            return;
        }
        while (json.nextMember()) {
            if (json.nameIs("input_tokens")) {
                input = number(json, input);
            } else if (json.nameIs("output_tokens")) {
                output = number(json, output);
            } else if (json.nameIs("cache_read_input_tokens")) {
                cacheRead = number(json, cacheRead);
            } else if (json.nameIs("cache_creation_input_tokens")) {
                cacheWritten = number(json, cacheWritten);
            } else if (json.nameIs("cache_creation") && json.enterObject()) {
                split(json);
            } else {
                term(json);
            }
        }
    }

    private void split(JsonCursor json) {
        while (json.nextMember()) {
            if (json.nameIs("ephemeral_5m_input_tokens")) {
                cacheWritten5m = number(json, cacheWritten5m);
            } else if (json.nameIs("ephemeral_1h_input_tokens")) {
                cacheWritten1h = number(json, cacheWritten1h);
            }
        }
    }

    /** What is no number of tokens, but changes what they cost. */
    private void term(JsonCursor json) {
        if (json.nameIs("server_tool_use") && json.enterObject()) {
            while (json.nextMember()) {
                if (json.nameIs("web_search_requests")) {
                    webSearches = number(json, webSearches);
                }
            }
        } else if (json.nameIs("service_tier")) {
            serviceTier = word(json, serviceTier);
        } else if (json.nameIs("inference_geo")) {
            inferenceGeo = word(json, inferenceGeo);
        } else if (json.nameIs("speed")) {
            speed = word(json, speed);
        }
    }

    private static @Nullable String word(JsonCursor json, @Nullable String before) {
        String given = json.text(MOST_WORD_CHARS);
        return given == null ? before : given;
    }

    private long number(JsonCursor json, long before) {
        long given = json.integer(-1);
        any |= given >= 0;
        return given >= 0 ? given : before;
    }

    /** Null when no answer told a number. */
    public @Nullable TokenUsage usage() {
        long shortLived = Math.max(cacheWritten5m, cacheWritten - cacheWritten1h);
        return any
                ? new TokenUsage(
                        input,
                        output,
                        cacheRead,
                        shortLived,
                        cacheWritten1h,
                        webSearches,
                        new TokenUsage.Terms(serviceTier, inferenceGeo, speed))
                : null;
    }
}
