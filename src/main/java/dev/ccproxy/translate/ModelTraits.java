package dev.ccproxy.translate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of an OpenAI model says about what it accepts.
 *
 * @param thinksWithTools whether it may think in Chat Completions where tools are offered
 * @param mostTokens limit of an answer, 0 where it is not known
 */
record ModelTraits(Thinks thinks, boolean thinksWithTools, boolean thinksHardest, boolean oSeries, long mostTokens) {

    private static final Pattern GPT = Pattern.compile("gpt-(\\d{1,3})(?:\\.(\\d{1,3}))?(?:\\D.*)?");
    private static final Pattern O_SERIES = Pattern.compile("o\\d.*");

    /** Whether the model thinks before it answers, and then refuses what belongs to drawing tokens. */
    enum Thinks {
        YES,
        NO,
        UNKNOWN
    }

    /** Of a name, with or without the provider's prefix: {@code gpt-5.6}, {@code openai/gpt-5.6}. */
    static ModelTraits of(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1);
        Matcher gpt = GPT.matcher(name);
        if (gpt.matches()) {
            return gpt(Integer.parseInt(gpt.group(1)), gpt.group(2) == null ? 0 : Integer.parseInt(gpt.group(2)), name);
        }
        if (O_SERIES.matcher(name).matches()) {
            return new ModelTraits(Thinks.YES, true, false, true, 100_000);
        }
        boolean codex = name.startsWith("codex-");
        boolean chat = name.startsWith("chatgpt-");
        return new ModelTraits(codex ? Thinks.YES : chat ? Thinks.NO : Thinks.UNKNOWN, true, false, false, 0);
    }

    private static ModelTraits gpt(int major, int minor, String name) {
        if (major >= 5) {
            boolean chat = name.contains("-chat");
            // "Function tools with reasoning_effort are not supported for gpt-5.4 in /v1/chat/completions".
            boolean refusesTools = major > 5 || minor >= 2;
            return new ModelTraits(
                    chat ? Thinks.NO : Thinks.YES, !refusesTools, refusesTools, false, chat ? 16_384 : 128_000);
        }
        long most = name.startsWith("gpt-4o") ? 16_384 : minor >= 1 && major == 4 ? 32_768 : major == 4 ? 8_192 : 4_096;
        return new ModelTraits(Thinks.NO, true, false, false, most);
    }
}
