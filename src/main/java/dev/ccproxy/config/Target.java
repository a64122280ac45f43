package dev.ccproxy.config;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who answers: a provider and a model.
 *
 * @param provider name of a provider that is there
 * @param model {@link #AS_REQUESTED} for the one that the client asked for
 * @param guessed whether neither the text nor the model's name says which provider is meant
 */
public record Target(String provider, String model, boolean guessed) {

    /** Stands for the model that the client asked for. */
    public static final String AS_REQUESTED = "*";

    private static final Pattern OPENAI_MODEL = Pattern.compile("(?:gpt-|o\\d|chatgpt-|codex-).*");
    private static final Pattern CLAUDE_MODEL = Pattern.compile("claude-.*");

    /**
     * Reads a text such as {@code openrouter/qwen3}, {@code gpt-4o} or {@code deepseek/*}.
     *
     * @param providers the names of all providers
     */
    public static Target of(String text, Set<String> providers) {
        int slash = text.indexOf('/');
        if (slash > 0 && slash < text.length() - 1 && providers.contains(text.substring(0, slash))) {
            return new Target(text.substring(0, slash), text.substring(slash + 1), false);
        }
        if (OPENAI_MODEL.matcher(text).matches()) {
            return new Target(ProviderSettings.OPENAI, text, false);
        }
        return new Target(
                ProviderSettings.ANTHROPIC, text, !CLAUDE_MODEL.matcher(text).matches());
    }

    /** The model that is asked of the provider. */
    public String modelFor(String requested) {
        return model.equals(AS_REQUESTED) ? requested : model;
    }

    /** As people write it, such as {@code openai/gpt-4o}. */
    public String words() {
        return provider + "/" + model;
    }
}
