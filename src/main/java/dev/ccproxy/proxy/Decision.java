package dev.ccproxy.proxy;

import java.util.List;

/** What becomes of a request. */
sealed interface Decision {

    /** It goes where the client sent it, as it is. */
    record AsAsked() implements Decision {}

    /** The same, because nobody could look at it; its record says why. */
    record Undecided(String why) implements Decision {}

    /** It goes to the first of these, and to the next where one cannot answer; never empty. */
    record Reroute(List<Attempt> attempts) implements Decision {
        public Reroute {
            attempts = List.copyOf(attempts);
        }
    }

    /** A rule forbids it. */
    record Refuse(String rule, String message) implements Decision {}

    /** Its tokens are counted here, roughly: who would answer it counts none. */
    record Estimate(String rule, long tokens) implements Decision {}
}
