package dev.ccproxy.query;

import dev.ccproxy.exchange.AgentRole;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Outcome;
import java.util.List;

/**
 * What a term asks; where it names several values, one of them is enough. Texts are compared without regard to the case
 * of the letters A to Z, and of no others: so every database and every browser does it alike.
 */
public sealed interface Condition {

    /** Free text, to be found in a row of a list or, where bodies are searched, in a body. */
    record Text(String text) implements Condition {}

    /** The field contains the text. */
    record Contains(TextField field, List<String> any) implements Condition {
        public Contains {
            any = List.copyOf(any);
        }
    }

    /** The field is the text. */
    record Equals(TextField field, List<String> any) implements Condition {
        public Equals {
            any = List.copyOf(any);
        }
    }

    /** The number lies in the range. */
    record Within(NumberField field, List<Range> any) implements Condition {
        public Within {
            any = List.copyOf(any);
        }
    }

    /**
     * The id begins so.
     *
     * @param any one to 32 hexadecimal digits in lower case, without the dashes
     */
    record IdBegins(List<String> any) implements Condition {
        public IdBegins {
            any = List.copyOf(any);
        }
    }

    /** It was for this. */
    record OfKind(List<Kind> any) implements Condition {
        public OfKind {
            any = List.copyOf(any);
        }
    }

    /** It ended so, or runs. */
    record OfOutcome(List<Outcome> any) implements Condition {
        public OfOutcome {
            any = List.copyOf(any);
        }
    }

    /**
     * This kind of agent made it, or one of this name.
     *
     * @param whole whether a name is the text; else it contains it
     */
    record OfAgent(List<AgentRole> roles, List<String> names, boolean whole) implements Condition {
        public OfAgent {
            roles = List.copyOf(roles);
            names = List.copyOf(names);
        }
    }

    /** The prompt cache served it so. */
    record OfCacheUse(List<CacheUse> any) implements Condition {
        public OfCacheUse {
            any = List.copyOf(any);
        }
    }

    /** It is so. */
    record Is(List<State> any) implements Condition {
        public Is {
            any = List.copyOf(any);
        }
    }

    /** It bears one of these tags. */
    record Tagged(List<String> any) implements Condition {
        public Tagged {
            any = List.copyOf(any);
        }
    }
}
