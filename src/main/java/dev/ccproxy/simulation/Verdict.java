package dev.ccproxy.simulation;

import java.util.Collection;

/** Whether a recorded request is what somebody asks for. */
public enum Verdict {
    YES,
    NO,
    /** What would tell it was not kept, or looking at it would have taken too much. */
    UNKNOWN;

    /** Of several that all have to hold. */
    static Verdict all(Collection<Verdict> verdicts) {
        if (verdicts.contains(NO)) {
            return NO;
        }
        return verdicts.contains(UNKNOWN) ? UNKNOWN : YES;
    }
}
