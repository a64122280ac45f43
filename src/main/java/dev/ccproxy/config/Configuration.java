package dev.ccproxy.config;

import java.util.List;

/** The outcome of reading all settings: either all of them hold, or every mistake is known. */
public sealed interface Configuration {

    /** Everything is right. */
    record Valid(Settings settings, List<EffectiveSetting> effective) implements Configuration {
        public Valid {
            effective = List.copyOf(effective);
        }
    }

    /** Something is wrong; nothing may start. */
    record Invalid(List<Problem> problems) implements Configuration {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /** Reads all sources. */
    static Configuration load(ConfigurationSources sources) {
        return new ConfigurationLoader(sources).load();
    }
}
