package dev.ccproxy.translate;

import dev.ccproxy.translate.ModelTraits.Thinks;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Anthropic's efforts as OpenAI's. */
final class Effort {

    private Effort() {}

    /**
     * The effort to ask for, null to leave it to the model. A model of which we do not know that it thinks is only asked
     * to where the client asked for thinking: others answer 400.
     */
    static @Nullable String of(Reasoning reasoning, ModelTraits traits, Set<Loss> losses) {
        String wanted = reasoning.effortOrBudget();
        if (traits.thinks() == Thinks.NO || (traits.thinks() == Thinks.UNKNOWN && !reasoning.wanted())) {
            if (wanted != null || reasoning.wanted()) {
                losses.add(Loss.EFFORT);
            }
            return null;
        }
        if (wanted == null) {
            return null;
        }
        String known = nearest(wanted, traits);
        if (!known.equals(wanted)) {
            losses.add(Loss.EFFORT);
        }
        return known;
    }

    private static String nearest(String wanted, ModelTraits traits) {
        return switch (wanted) {
            case "max", "xhigh" -> traits.thinksHardest() ? "xhigh" : "high";
            default -> wanted;
        };
    }
}
