package dev.ccproxy.config;

import java.util.ArrayList;
import java.util.List;

/** What one source says: values, and what is wrong with it. */
record Reading(List<Given> givens, List<Problem> problems) {

    Reading {
        givens = List.copyOf(givens);
        problems = List.copyOf(problems);
    }

    static Reading empty() {
        return new Reading(List.of(), List.of());
    }

    static Reading problem(Problem problem) {
        return new Reading(List.of(), List.of(problem));
    }

    /** Collects values and problems while a source is read; used by one thread. */
    static final class Builder {
        private final List<Given> givens = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();

        void add(Given given) {
            givens.add(given);
        }

        void add(Problem problem) {
            problems.add(problem);
        }

        void add(Reading reading) {
            givens.addAll(reading.givens());
            problems.addAll(reading.problems());
        }

        Reading build() {
            return new Reading(givens, problems);
        }
    }
}
